import tempfile
import unittest
from functools import partial
from pathlib import Path

import torch

from batching import plan_epoch
from byte_pairs import FIRST_MERGE, BytePairs, learn_merges
from measuring import measure
from model import Shape
from neural import checkpoint
from neural.epochs import batches_from
from neural.run import Cadence, Examination, Run
from neural.trainer import Trainer
from settings import Settings
from writing import writing

TEXTS = [f"In {n} days the prince and {m} soldiers will march." for n in range(9) for m in range(9)]
PIECES = BytePairs(learn_merges(TEXTS, FIRST_MERGE + 20))
SHAPE = Shape(vocabulary=FIRST_MERGE + 20, width=16, inner=32, heads=2, layers=1, positions=32)
SETTINGS = Settings(shape=SHAPE, steps=30, rows=8, warmup=4, learning_rate=0.01, average_every=2)


class Resuming(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        self.encoded = [PIECES.encode(text) for text in TEXTS]

    def trainer(self) -> Trainer:
        return Trainer(SETTINGS, writing(SETTINGS), torch.device("cpu"))

    def batches(self, epoch, step):
        return batches_from(partial(plan_epoch, self.encoded, SETTINGS), epoch, step)

    def learn(self, trainer: Trainer, until: int) -> list:
        losses = []
        for trainer.epoch, batch in self.batches(trainer.epoch, trainer.step):
            if trainer.step >= until:
                return losses
            losses.append(trainer.learn(batch))

    def test_a_run_in_pieces_equals_a_run_in_one_piece(self):
        whole, last = self.trainer(), self.folder / "last.pt"
        losses = self.learn(whole, 30)
        self.assertLess(sum(losses[-5:]), 0.9 * sum(losses[:5]))
        for until in (7, 13, 30):
            piece = self.trainer()
            if last.exists():
                piece.restore(checkpoint.load(last))
            self.learn(piece, until)
            checkpoint.save(piece.state(), last)
        self.assertGreater(piece.epoch.number, 1)
        for name in ("model", "average"):
            for a, b in zip(getattr(whole, name).parameters(), getattr(piece, name).parameters()):
                self.assertTrue(torch.equal(a, b))

    def test_a_run_keeps_the_weights_with_the_fewest_bits_per_byte(self):
        examination = Examination(partial(measure, pieces=PIECES, texts=TEXTS[:9]), "bitsPerByte", lower_is_better=True)
        Run(self.trainer(), self.batches, examination, self.folder, Cadence(10, 10, 0)).to_end()
        best = checkpoint.load(self.folder / "best.pt")
        again = self.trainer()
        again.average.load_state_dict(best["average"])
        self.assertEqual(measure(again, PIECES, TEXTS[:9])["bitsPerByte"], best["bitsPerByte"])
        self.assertEqual(best["step"], 30)
        self.assertEqual(len((self.folder / "log.jsonl").read_text().splitlines()), 6)


if __name__ == "__main__":
    unittest.main()
