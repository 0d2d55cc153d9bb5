import tempfile
import unittest
from pathlib import Path

from byte_pairs import FIRST_BYTE, FIRST_MERGE, WORDS, BytePairs, learn_merges, load_vocabulary

TEXTS = ["the cat and the dog", "the other cat’s hat", "a café, a hat"]


def byte(sign: str) -> int:
    return FIRST_BYTE + ord(sign)


class BytePairsTest(unittest.TestCase):
    def test_the_most_frequent_pairs_are_joined_first(self):
        merges = learn_merges(["abab abab", "ab"], FIRST_MERGE + 2)
        self.assertEqual(merges, [(byte("a"), byte("b")), (FIRST_MERGE, FIRST_MERGE)])

    def test_merges_are_those_of_counting_anew_after_each(self):
        merges = learn_merges(TEXTS, FIRST_MERGE + 12)
        for rank, pair in enumerate(merges):
            pieces = BytePairs(merges[:rank])
            counts = {}
            for text in TEXTS:
                for word in WORDS.findall(text):
                    ids = pieces.encode(word)
                    for each in zip(ids, ids[1:]):
                        counts[each] = counts.get(each, 0) + 1
            self.assertEqual(counts[pair], max(counts.values()))

    def test_any_text_comes_back(self):
        pieces = BytePairs(learn_merges(TEXTS, FIRST_MERGE + 10))
        for text in (*TEXTS, "", "  two\n\nlines ", "日本語 𝒳 👩‍🚀", "it’s 1805_1812…"):
            self.assertEqual(pieces.decode(pieces.encode(text)), text)

    def test_pieces_do_not_cross_words(self):
        pieces = BytePairs(learn_merges(["the cat"] * 3, FIRST_MERGE + 5))
        self.assertEqual(pieces.encode("the cat"), [*pieces.encode("the"), *pieces.encode(" cat")])

    def test_a_vocabulary_is_learned_once(self):
        with tempfile.TemporaryDirectory() as name:
            file = Path(name) / "vocabulary.json"
            learned = load_vocabulary(file, TEXTS, FIRST_MERGE + 5)
            self.assertEqual(load_vocabulary(file).merges, learned.merges)
            self.assertEqual(len(learned.bytes), FIRST_MERGE + 5)


if __name__ == "__main__":
    unittest.main()
