import tempfile
import unittest
from pathlib import Path

from bleu import corpus_bleu, tokenize
from neural.texts import clean
from pairs import training_pairs


class Pairs(unittest.TestCase):
    def test_spaces_and_apostrophes_become_plain(self):
        self.assertEqual(clean(" L\u2019eau\u202f! \u200bBon\u00a0 "), "L'eau ! Bon")

    def test_no_side_of_a_held_out_pair_is_trained_on(self):
        splits = {
            "train": "Go.\tVa !\nRun!\tCours !\nStop.\tArrête.\nWait.\tAttends.\n",
            "dev": "Run.\tFilez.\n",
            "test": "Halt.\tARRÊTE !\n",
        }
        with tempfile.TemporaryDirectory() as name:
            for split, text in splits.items():
                (Path(name) / f"{split}.tsv").write_text(text, encoding="utf-8")
            self.assertEqual(training_pairs(Path(name)), [("Go.", "Va !"), ("Wait.", "Attends.")])


class Bleu(unittest.TestCase):
    def test_punctuation_stands_apart_but_not_within_numbers(self):
        expected = ["Il", "a", "3,5", "ans", ",", '"', "dit", '"', "-il", "."]
        self.assertEqual(tokenize('Il a 3,5 ans, "dit"-il.'), expected)

    def test_equal_texts_score_100_and_counts_add_up(self):
        self.assertAlmostEqual(corpus_bleu(["a b c d e"], ["a b c d e"]), 100)
        # Precisions 4/5, 3/4, 2/3, 1/2.
        self.assertAlmostEqual(corpus_bleu(["a b c d x"], ["a b c d e"]), 100 * (0.8 * 0.75 * 2 / 3 * 0.5) ** 0.25)
        self.assertEqual(corpus_bleu(["x"], ["a b c d e"]), 0)


if __name__ == "__main__":
    unittest.main()
