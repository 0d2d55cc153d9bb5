import unittest

import numpy
import torch

from neighbours import mutual_information, neighbour_counts, table_of_neighbours


class Neighbours(unittest.TestCase):
    def test_pairs_count_by_their_distance_both_ways(self):
        counts = neighbour_counts([numpy.array([0, 1, 2])], 3)
        numpy.testing.assert_allclose(counts, [[0, 1, 0.5], [1, 0, 1], [0.5, 1, 0]])

    def test_what_meets_less_than_by_chance_has_no_information(self):
        counts = numpy.array([[8, 1], [1, 8]], numpy.float32)
        information = mutual_information(counts)
        self.assertAlmostEqual(information[0, 0], numpy.log(8 / 4.5), places=5)
        self.assertEqual(information[0, 1], 0)

    def test_pieces_with_like_neighbours_have_like_rows(self):
        random = numpy.random.default_rng(1)
        stream = numpy.concatenate([(4, random.integers(0, 2), 5, 6, random.integers(2, 4), 7) for _ in range(300)])
        table = table_of_neighbours([stream], 8, 4, seed=1)
        self.assertTrue(torch.equal(table, table_of_neighbours([stream], 8, 4, seed=1)))
        self.assertAlmostEqual(table.std().item(), 0.5, places=5)
        likeness = torch.nn.functional.cosine_similarity(table[0], table[1:4])
        self.assertEqual(likeness.argmax().item(), 0)


if __name__ == "__main__":
    unittest.main()
