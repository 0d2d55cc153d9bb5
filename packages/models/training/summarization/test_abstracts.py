import json
import tempfile
import unittest
from pathlib import Path

from abstracts import abstract_of, training_abstracts
from rouge import best_rouge_l, longest_common, rouge_l


class Abstracts(unittest.TestCase):
    def test_sentences_end_at_their_points_and_not_within_numbers_or_names(self):
        text = "It gains 3.5 points, e.g. on test.  Is it\u200b new? We\u2019re sure. \"So am I.\""
        expected = ["It gains 3.5 points, e.g. on test.", "Is it new?", "We're sure.", '"So am I."']
        self.assertEqual(abstract_of(text, ["x"]).sentences, expected)

    def test_the_oracle_is_the_sentence_most_like_any_of_the_summaries(self):
        text = "Buses are late. We plan them from data. It works."
        abstract = abstract_of(text, ["Nothing.", "Plan buses from data."])
        self.assertEqual(abstract.oracle(), 1)

    def test_abstracts_that_stand_in_dev_or_test_are_not_trained_on(self):
        splits = {"train": ["One. Two.", "Three.", "Four."], "dev": ["ONE.  Two"], "test": ["Four."]}
        with tempfile.TemporaryDirectory() as name:
            for split, texts in splits.items():
                lines = [json.dumps({"text": text, "summaries": ["s"], "title": "t"}) for text in texts]
                (Path(name) / f"{split}.jsonl").write_text("\n".join(lines), encoding="utf-8")
            self.assertEqual([abstract.text for abstract in training_abstracts(Path(name))], ["Three."])


class Rouge(unittest.TestCase):
    def test_the_longest_common_subsequence_may_have_gaps(self):
        self.assertEqual(longest_common("abcbdab", "bdcaba"), 4)

    def test_f1_of_words_without_case_and_punctuation(self):
        # Two of two words, two of four.
        self.assertAlmostEqual(rouge_l("We, plan!", "we will plan buses"), 2 / 3)
        self.assertEqual(rouge_l("", "a"), 0)

    def test_the_best_reference_counts(self):
        self.assertEqual(best_rouge_l("a b", ["c", "a b", "a"]), 1)


if __name__ == "__main__":
    unittest.main()
