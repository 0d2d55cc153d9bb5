import json
import tempfile
import unittest
from pathlib import Path

from texts import HELD_OUT, SOURCES, digest, joined, training_texts


def review(text: str, fold: int) -> dict:
    return {"text": text, "label": "positive", "fold": fold}


class Texts(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.data = Path(folder.name)
        for name in (*(file for file, _ in SOURCES.values()), *HELD_OUT):
            (self.data / name).parent.mkdir(exist_ok=True)
            (self.data / name).write_text("", encoding="utf-8")

    def write(self, name: str, *items: dict) -> None:
        lines = "".join(json.dumps(item) + "\n" for item in items)
        (self.data / name).write_text(lines, encoding="utf-8")

    def test_what_stands_in_the_test_fold_is_left_out_wherever_it_stands(self):
        self.write("rt-polarity/all.jsonl", review("a warm , funny film .", 0), review("a dull film .", 1))
        self.write("subj/all.jsonl", review("A warm, funny film", 1), review("he goes home .", 1))
        self.write("rt-2k/all.jsonl", review("so it goes .\na warm , funny film .\nthe end .", 1))
        texts = training_texts(self.data)
        self.assertEqual(texts["rt-polarity"], [["a dull film ."]])
        self.assertEqual(texts["subj"], [["he goes home ."]])
        self.assertEqual(texts["rt-2k"], [["so it goes .", "the end ."]])

    def test_posts_lose_headers_quotations_addresses_and_tables(self):
        body = "Ann Lee writes:\n> I think so.\nNo, I don't\nthink so.\n+---+ 12 34 |\n\nmail me at ann@example.com\nBye now."
        self.write("20newsgroups/train.jsonl", {"text": f"From: ann@example.com\nSubject: so\n\n{body}"})
        self.assertEqual(training_texts(self.data)["20newsgroups"], [["No, I don't think so.", "Bye now."]])

    def test_tokens_are_joined_as_people_write_them(self):
        self.assertEqual(joined(["I", "do", "n't", "know", "(", "Ada", "'s", "cat", ")", "."]), "I don't know (Ada's cat).")

    def test_case_spaces_and_punctuation_do_not_tell_texts_apart(self):
        self.assertEqual(digest("Don\u2019t  stop!"), digest("dont stop"))
        self.assertNotEqual(digest("stop"), digest("stops"))


if __name__ == "__main__":
    unittest.main()
