import tempfile
import unittest
from functools import partial
from pathlib import Path

import numpy
import torch

import examples
import hidden_words
from examples import Example
from finetune import begin
from model import Shape
from neural import checkpoint
from neural.epochs import batches_from
from neural.trainer import Trainer
from sentiment import measure, telling_sentiment
from settings import FinetuningSettings, PretrainingSettings
from wordpiece import END, SPECIAL, START

SHAPE = Shape(vocabulary=40, width=16, inner=32, heads=2, layers=1, positions=16)
QUICKLY = {"warmup": 4, "learning_rate": 1e-2, "average_every": 2, "average_decay": 0.9}
PRETRAINING = PretrainingSettings(shape=SHAPE, steps=150, length=16, rows=8, dropout=0.1, **QUICKLY)
FINETUNING = FinetuningSettings(shape=SHAPE, steps=60, tokens=64, **QUICKLY)
STARTS = numpy.ones(SHAPE.vocabulary, bool)


def documents():
    """Of one piece each, over and over, so that those around tell what is hidden."""
    return [numpy.array([piece] * 30 + [END], numpy.int16) for piece in range(len(SPECIAL), SHAPE.vocabulary)]


def labelled():
    """Label 1 where the text holds piece 7."""
    rows = numpy.random.default_rng(1).integers(8, 40, (60, 6)).tolist()
    return [Example([START, *row, *([7] if i % 2 else []), END], [i % 2]) for i, row in enumerate(rows)]


def learn(trainer: Trainer, plan, until: int) -> list:
    losses = []
    for trainer.epoch, batch in batches_from(plan, trainer.epoch, trainer.step):
        if trainer.step >= until:
            break
        losses.append(trainer.learn(batch))
    return losses


def pretraining():
    trainer = Trainer(PRETRAINING, hidden_words.telling_hidden_words(PRETRAINING), torch.device("cpu"))
    return trainer, partial(hidden_words.plan_epoch, documents(), STARTS, PRETRAINING)


def finetuning():
    trainer = Trainer(FINETUNING, telling_sentiment(FINETUNING), torch.device("cpu"))
    return trainer, partial(examples.plan_epoch, labelled(), FINETUNING)


class Resuming(unittest.TestCase):
    def assert_equal_weights(self, one: Trainer, other: Trainer):
        for name in ("model", "average"):
            for a, b in zip(getattr(one, name).parameters(), getattr(other, name).parameters()):
                self.assertTrue(torch.equal(a, b))

    def assert_pieces_equal_whole(self, make):
        whole, plan = make()
        learn(whole, plan, 30)
        with tempfile.TemporaryDirectory() as name:
            last = Path(name) / "last.pt"
            for until in (7, 13, 30):
                piece, plan = make()
                if last.exists():
                    piece.restore(checkpoint.load(last))
                learn(piece, plan, until)
                checkpoint.save(piece.state(), last)
        self.assertGreater(piece.epoch.number, 1)
        self.assert_equal_weights(whole, piece)

    def test_a_pretraining_in_pieces_equals_one_in_one_piece(self):
        self.assert_pieces_equal_whole(pretraining)

    def test_a_finetuning_in_pieces_equals_one_in_one_piece(self):
        self.assert_pieces_equal_whole(finetuning)


class Learning(unittest.TestCase):
    def test_hidden_words_are_told_better_and_better(self):
        trainer, plan = pretraining()
        held_out = hidden_words.pack(documents(), 16, 7)
        before = hidden_words.measure(trainer, held_out, STARTS)
        learn(trainer, plan, 150)
        after = hidden_words.measure(trainer, held_out, STARTS)
        self.assertLess(after["heldOutLoss"], before["heldOutLoss"])
        self.assertGreater(after["heldOutAccuracy"], before["heldOutAccuracy"])

    def test_a_label_that_a_word_tells_is_learned(self):
        trainer, plan = finetuning()
        learn(trainer, plan, 60)
        self.assertGreater(measure(trainer, labelled())["accuracy"], 0.9)

    def test_a_finetuning_begins_with_the_averaged_weights_of_the_pretraining(self):
        pretrained, plan = pretraining()
        learn(pretrained, plan, 5)
        trainer, _ = finetuning()
        begin(trainer, pretrained.state())
        for model in (trainer.model, trainer.average):
            for name, value in pretrained.average.encoder.state_dict().items():
                self.assertTrue(torch.equal(model.encoder.state_dict()[name], value), name)


if __name__ == "__main__":
    unittest.main()
