import argparse
import contextlib
import io
import tempfile
import unittest
from dataclasses import dataclass
from pathlib import Path
from unittest import mock

import torch
from torch import nn

from neural import checkpoint
from neural.export import export, with_average
from neural.options import add_run_options
from neural.settings import TrainingSettings
from neural.start import start
from neural.trainer import Task, Trainer


@dataclass(frozen=True)
class Shape:
    width: int = 3


@dataclass(frozen=True)
class Settings(TrainingSettings):
    shape: Shape = Shape()
    start: str = ""


def model(_=0.0) -> nn.Module:
    return nn.Linear(3, 1)


def task(settings: Settings) -> Task:
    return Task(model, lambda network, batch: network(batch).sum())


class Starting(unittest.TestCase):
    def setUp(self):
        temporary = tempfile.TemporaryDirectory()
        self.addCleanup(temporary.cleanup)
        self.folder = Path(temporary.name) / "run"

    def start(self, *given: str, **named):
        parser = argparse.ArgumentParser()
        add_run_options(parser, Settings, Shape, checkpoints=str(self.folder))
        options = parser.parse_args(["--device", "cpu", "--precision", "float32", *given])
        with contextlib.redirect_stdout(io.StringIO()) as told:
            trainer, folder = start(options, (Settings, Shape), task, **named)
        self.assertEqual(folder, self.folder)
        self.assertIn(f"from step {trainer.step} on cpu", told.getvalue())
        return trainer

    def saved(self) -> Trainer:
        trainer = self.start("--seed", "7")
        trainer.learn(torch.ones(2, 3))
        checkpoint.save(trainer.state(), self.folder / "last.pt")
        return trainer

    def test_a_run_begins_with_what_it_is_given_and_goes_on_without(self):
        begun = []
        self.assertEqual(self.start("--seed", "7", begin=begun.append, start="digest").settings.start, "digest")
        self.assertEqual([trainer.step for trainer in begun], [0])
        saved = self.saved()
        again = self.start("--seed", "7", begin=begun.append)
        self.assertEqual((again.step, len(begun)), (1, 1))
        self.assertTrue(torch.equal(again.model.weight, saved.model.weight))

    def test_a_run_does_not_go_on_with_other_settings(self):
        self.saved()
        with self.assertRaisesRegex(SystemExit, "seed: 7 there, 8 here"):
            self.start("--seed", "8")

    def test_the_best_of_a_run_is_exported_with_what_it_comes_from(self):
        trainer = self.saved()
        checkpoint.save({**trainer.state(), "figure": 0.5}, self.folder / "best.pt")
        output = self.folder / "model"

        def write(saved, checkpoints: Path, folder: Path) -> nn.Module:
            self.assertEqual((checkpoints, folder), (self.folder, output))
            return with_average(model(), saved)

        command = ["export.py", "--checkpoints", str(self.folder), "--output", str(output)]
        with mock.patch("sys.argv", command), mock.patch("neural.export.write_training") as write_training:
            export("", "elsewhere", Settings(), write, lambda checkpoints: {"told": checkpoints.name})
        (saved, parameters, folder), told = write_training.call_args
        self.assertEqual((saved["figure"], parameters, folder), (0.5, 4, output))
        self.assertEqual(told, {"options": "--seed 7", "told": "run"})


if __name__ == "__main__":
    unittest.main()
