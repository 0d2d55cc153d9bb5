import unittest

import numpy

from masking import encode_documents, mask_words, pack, starts_of
from wordpiece import END, MASK, SPECIAL, START, WordPieces

PIECES = [*SPECIAL, *"abcdefgh", *(f"##{c}" for c in "abcdefgh")]
STARTS = starts_of(PIECES)


class Packing(unittest.TestCase):
    def test_rows_begin_alike_and_hold_the_documents_with_an_end_after_each(self):
        documents = encode_documents(WordPieces(PIECES), [["abc d", "e"], ["f"], ["gh"]])
        rows = pack(documents, 5, seed=1)
        self.assertTrue((rows[:, 0] == START).all())
        self.assertEqual(rows.shape, (2, 5))
        found = sorted(rows[:, 1:].ravel().tolist())
        everything = sorted(i for document in documents for i in document.tolist())
        self.assertEqual(len(everything), 11)
        for i in set(found):
            self.assertLessEqual(found.count(i), everything.count(i))
        self.assertEqual(documents[0].tolist()[-1], END)

    def test_the_seed_decides_the_order(self):
        documents = [numpy.array([i, END], numpy.int16) for i in range(5, 21)]
        self.assertTrue((pack(documents, 3, 1) == pack(documents, 3, 1)).all())
        self.assertFalse((pack(documents, 3, 1) == pack(documents, 3, 2)).all())


class Masking(unittest.TestCase):
    def setUp(self):
        random = numpy.random.default_rng(1)
        self.rows = random.integers(len(SPECIAL), len(PIECES), (200, 64)).astype(numpy.int16)
        self.rows[:, 0], self.rows[:, 40] = START, END
        self.masked = mask_words(self.rows, STARTS, 0.2, (1, 2))
        self.hidden = self.masked.hidden.numpy()

    def test_a_word_is_hidden_whole_or_not_at_all(self):
        inside = ~STARTS[self.rows[:, 1:]] & (self.rows[:, :-1] >= len(SPECIAL))
        self.assertTrue((self.hidden[:, 1:] == self.hidden[:, :-1])[inside].all())

    def test_the_share_is_hidden_and_special_tokens_never(self):
        self.assertAlmostEqual(self.hidden.mean(), 0.2, delta=0.02)
        self.assertFalse(self.hidden[self.rows < len(SPECIAL)].any())

    def test_gold_is_what_stood_there_and_the_rest_is_untouched(self):
        ids = self.masked.ids.numpy()
        self.assertEqual(self.masked.gold.tolist(), self.rows[self.hidden].tolist())
        self.assertTrue((ids == self.rows)[~self.hidden].all())
        self.assertAlmostEqual((ids[self.hidden] == MASK).mean(), 0.8, delta=0.04)

    def test_settings_alone_decide(self):
        again, other = (mask_words(self.rows, STARTS, 0.2, seed) for seed in ((1, 2), (1, 3)))
        self.assertTrue((again.ids == self.masked.ids).all())
        self.assertFalse((other.ids == self.masked.ids).all())


if __name__ == "__main__":
    unittest.main()
