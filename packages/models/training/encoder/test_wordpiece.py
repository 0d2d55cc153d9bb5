import unittest

from wordpiece import SPECIAL, UNKNOWN, WordPieces, learn_pieces, words_of

PIECES = [*SPECIAL, "un", "##aff", "##able", "##a", "a", ".", "'", "don", "t"]


class Words(unittest.TestCase):
    def test_punctuation_stands_alone_and_invisible_characters_are_left_out(self):
        self.assertEqual(words_of(" Don't\u200b (stop) caf\u00e9\u2026"), ["Don", "'", "t", "(", "stop", ")", "caf\u00e9", "\u2026"])


class Cutting(unittest.TestCase):
    def cut(self, text: str, lowercase: bool = False):
        return [[PIECES[i] for i in word] for word in WordPieces(PIECES, lowercase).encode(text)]

    def test_takes_the_longest_piece_that_fits_from_the_left(self):
        self.assertEqual(self.cut("unaffable a."), [["un", "##aff", "##able"], ["a"], ["."]])

    def test_a_word_that_cannot_be_cut_to_its_end_is_unknown_as_a_whole(self):
        self.assertEqual(self.cut("unaffably"), [["[UNK]"]])
        self.assertEqual(WordPieces(PIECES).encode("a" * 101), [[UNKNOWN]])

    def test_case_is_kept_unless_told_otherwise(self):
        self.assertEqual(self.cut("Don't"), [["[UNK]"], ["'"], ["t"]])
        self.assertEqual(self.cut("Don't", lowercase=True), [["don"], ["'"], ["t"]])


class Learning(unittest.TestCase):
    def setUp(self):
        documents = [["low lower lowest new newer newest 1984"]] * 120 + [["secret name"]] * 4
        self.pieces = learn_pieces(documents, 60, rarest=5)

    def test_frequent_words_become_pieces_and_every_character_is_one(self):
        self.assertEqual(self.pieces[: len(SPECIAL)], list(SPECIAL))
        self.assertLessEqual(len(self.pieces), 60)
        self.assertEqual(len(set(self.pieces)), len(self.pieces))
        for piece in ("low", "new", "l", "##w", "1", "##9"):
            self.assertIn(piece, self.pieces)

    def test_numbers_and_words_of_few_documents_do_not(self):
        for piece in ("19", "1984", "secret", "name", "##ecret"):
            self.assertNotIn(piece, self.pieces)


if __name__ == "__main__":
    unittest.main()
