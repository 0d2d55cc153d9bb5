import unittest

from batching import Corpus, make_batch, plan_batches
from vocabulary import END, ENGLISH, FRENCH, PAD


def corpus_of(pairs: int) -> Corpus:
    """Pair i has 1 + i % 7 English pieces and 1 + i % 5 French ones."""
    return Corpus([[10 + i] * (1 + i % 7) for i in range(pairs)], [[100 + i] * (1 + i % 5) for i in range(pairs)])


class Batching(unittest.TestCase):
    def test_each_example_stands_in_exactly_one_batch(self):
        plan = plan_batches(corpus_of(50), tokens=40, longest=20, seed=1)
        self.assertEqual(sorted(i for batch in plan for i in batch), list(range(100)))

    def test_no_batch_is_larger_than_asked(self):
        corpus = corpus_of(50)
        for indices in plan_batches(corpus, tokens=40, longest=20, seed=1):
            batch = make_batch(corpus, indices)
            self.assertLessEqual(batch.source.numel() + batch.target.shape[0] * (batch.target.shape[1] - 1), 80)

    def test_little_of_a_batch_is_padding(self):
        corpus = corpus_of(2000)
        batches = [make_batch(corpus, indices) for indices in plan_batches(corpus, 400, 20, seed=1)]
        padding = sum((side == PAD).sum().item() for batch in batches for side in (batch.source, batch.target))
        self.assertLess(padding / sum(batch.source.numel() + batch.target.numel() for batch in batches), 0.1)

    def test_the_seed_decides_the_order(self):
        corpus = corpus_of(50)
        self.assertEqual(plan_batches(corpus, 40, 20, seed=1), plan_batches(corpus, 40, 20, seed=1))
        self.assertNotEqual(plan_batches(corpus, 40, 20, seed=1), plan_batches(corpus, 40, 20, seed=2))

    def test_texts_that_are_too_long_are_left_out(self):
        plan = plan_batches(Corpus([[10] * 30, [11]], [[100], [101]]), tokens=100, longest=20, seed=1)
        self.assertEqual(sorted(i for batch in plan for i in batch), [1, 3])

    def test_both_directions_are_marked_by_their_languages(self):
        batch = make_batch(Corpus([[10]], [[100, 101]]), [0, 1])
        self.assertEqual(batch.source.tolist(), [[ENGLISH, 10, END, PAD], [FRENCH, 100, 101, END]])
        self.assertEqual(batch.target.tolist(), [[END, FRENCH, 100, 101, END], [END, ENGLISH, 10, END, PAD]])


if __name__ == "__main__":
    unittest.main()
