import unittest

from examples import IGNORED, tagged_example
from spans import exact_f1, spans_of
from wordpiece import SPECIAL, WordPieces

LABELS = ("O", "B-PER", "I-PER")


class Spans(unittest.TestCase):
    def test_a_span_ends_at_another_beginning_or_another_type(self):
        tags = ["B-PER", "I-PER", "B-PER", "I-LOC", "O", "I-LOC"]
        self.assertEqual(spans_of(tags), {(0, 2, "PER"), (2, 3, "PER"), (3, 4, "LOC"), (5, 6, "LOC")})

    def test_f1_counts_exact_matches(self):
        gold = [["B-PER", "I-PER", "O", "B-LOC"], ["O"]]
        found = [["B-PER", "O", "O", "B-LOC"], ["B-PER"]]
        self.assertAlmostEqual(exact_f1(gold, found), 2 * 1 / (2 + 3))
        self.assertEqual(exact_f1([["O"]], [["O"]]), 0)


class Examples(unittest.TestCase):
    def test_the_pieces_after_the_first_go_on_with_the_tag(self):
        pieces = WordPieces([*SPECIAL, "A", "##da", "sees"])
        example = tagged_example(pieces, ["Ada", "sees", "Ada"], ["B-PER", "O", "I-PER"], LABELS, 6)
        self.assertEqual(example.ids, [2, 5, 6, 7, 5, 3])
        self.assertEqual(example.gold, [IGNORED, 1, 2, 0, 2, IGNORED])


if __name__ == "__main__":
    unittest.main()
