import tempfile
import unittest
from pathlib import Path

import torch

from batching import fill_rows, plan_epoch
from byte_pairs import END
from model import Shape, Writer, within
from neural.epochs import Epoch
from novel import read_novel
from settings import Settings
from writing import batch_nats


class Novel(unittest.TestCase):
    def test_paragraphs_end_with_short_sentences_and_before_speeches(self):
        long = "The prince looked at the map for a long time without saying anything at all."
        lines = ["A preface.", "BOOK ONE", "", long, "Then he left.", long, "“Well?” she asked", "him. “Speak.”", "CHAPTER II", "So."]
        end = ["End of the Project Gutenberg EBook"]
        with tempfile.TemporaryDirectory() as name:
            file = Path(name) / "novel.txt"
            file.write_text("\n".join(lines + end), encoding="utf-8")
            expected = [f"{long} Then he left.", long, "“Well?” she asked him. “Speak.”", "So."]
            self.assertEqual(read_novel(file), expected)


class Rows(unittest.TestCase):
    def test_paragraphs_follow_one_another_and_positions_count_anew(self):
        rows = fill_rows([[5, 6], [7, 8, 9]], 4)
        self.assertEqual(rows.ids.tolist(), [[END, 5, 6, END], [7, 8, 9, END]])
        self.assertEqual(rows.gold.tolist(), [[5, 6, END, 7], [8, 9, END, END]])
        self.assertEqual(rows.position.tolist(), [[0, 1, 2, 0], [0, 1, 2, 0]])
        self.assertEqual(rows.paragraph.tolist(), [[0, 0, 0, 1], [1, 1, 1, 2]])

    def test_an_epoch_has_each_paragraph_once_in_an_order_of_its_own(self):
        paragraphs = [[10 + i] * (1 + i % 5) for i in range(40)]
        settings = Settings(shape=Shape(positions=16), rows=2)
        epochs = [[make() for make in plan_epoch(paragraphs, settings, Epoch(n))] for n in (0, 0, 1)]
        ids = [torch.cat([batch.ids for batch in batches]).flatten() for batches in epochs]
        self.assertTrue(torch.equal(ids[0], ids[1]))
        self.assertFalse(torch.equal(ids[0], ids[2]))
        self.assertEqual(sorted(i for i in ids[0].tolist() if i != END), sorted(i for each in paragraphs for i in each))

    def test_no_paragraph_sees_another(self):
        torch.manual_seed(1)
        model = Writer(Shape(vocabulary=12, width=16, inner=32, heads=2, layers=2, positions=8)).eval()
        together = fill_rows([[5, 6, 7], [8, 9, 10]], 8)
        apart = [fill_rows([ids], 4) for ids in ([5, 6, 7], [8, 9, 10])]
        with torch.no_grad():
            self.assertAlmostEqual(
                batch_nats(model, together).item(), sum(batch_nats(model, each).item() for each in apart), places=4
            )
            states, _ = model(together.ids, together.position, within(together.paragraph))
            alone, _ = model(apart[1].ids, apart[1].position, within(apart[1].paragraph))
        torch.testing.assert_close(states[:, 4:], alone)


if __name__ == "__main__":
    unittest.main()
