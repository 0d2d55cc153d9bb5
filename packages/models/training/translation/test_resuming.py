import tempfile
import unittest
from functools import partial
from pathlib import Path

import torch

from epochs import plan_epoch
from model import Shape
from neural import checkpoint
from neural.epochs import batches_from
from neural.trainer import Trainer
from settings import Settings
from translating import translating
from vocabulary import load_vocabulary

COUNTS = [(n, m) for n in range(9) for m in range(9)]
PAIRS = [(f"I see {n} red cats and {m} dogs.", f"Je vois {n} chats rouges et {m} chiens.") for n, m in COUNTS]
SHAPE = Shape(vocabulary=36, width=16, inner=32, heads=2, encoder_layers=1, decoder_layers=1)
SETTINGS = Settings(shape=SHAPE, steps=40, tokens=400, warmup=4, average_every=2, sampling_share=0.5)


def batches(pieces, trainer: Trainer):
    return batches_from(partial(plan_epoch, pieces, PAIRS, SETTINGS), trainer.epoch, trainer.step)


def learn(trainer: Trainer, pieces, until: int) -> None:
    for trainer.epoch, batch in batches(pieces, trainer):
        if trainer.step >= until:
            return
        trainer.learn(batch)


class Resuming(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        texts = [text for pair in PAIRS for text in pair]
        self.pieces = load_vocabulary(self.folder / "vocabulary.model", texts, SHAPE.vocabulary)

    def trainer(self) -> Trainer:
        return Trainer(SETTINGS, translating(SETTINGS), torch.device("cpu"))

    def assert_equal_weights(self, one: Trainer, other: Trainer):
        for name in ("model", "average"):
            for a, b in zip(getattr(one, name).parameters(), getattr(other, name).parameters()):
                self.assertTrue(torch.equal(a, b))

    def test_a_run_in_pieces_equals_a_run_in_one_piece(self):
        whole, last = self.trainer(), self.folder / "last.pt"
        learn(whole, self.pieces, 30)
        for until in (7, 13, 30):
            piece = self.trainer()
            if last.exists():
                piece.restore(checkpoint.load(last))
            learn(piece, self.pieces, until)
            checkpoint.save(piece.state(), last)
        self.assertGreater(piece.epoch.number, 1)
        self.assert_equal_weights(whole, piece)

    def test_the_loss_falls(self):
        trainer = self.trainer()
        losses = []
        for trainer.epoch, batch in batches(self.pieces, trainer):
            losses.append(trainer.learn(batch))
            if len(losses) == 40:
                break
        self.assertLess(sum(losses[-5:]), 0.9 * sum(losses[:5]))

    def test_other_settings_are_refused(self):
        state = self.trainer().state()
        different = Settings(shape=SHAPE, dropout=0.5)
        other = Trainer(different, translating(different), torch.device("cpu"))
        with self.assertRaisesRegex(SystemExit, "dropout"):
            other.restore(state)

    def test_a_failed_save_leaves_the_last_one(self):
        file = self.folder / "last.pt"
        checkpoint.save({"step": 1}, file)
        with self.assertRaises(Exception):
            checkpoint.save({"step": lambda: 2}, file)
        self.assertEqual(checkpoint.load(file), {"step": 1})


if __name__ == "__main__":
    unittest.main()
