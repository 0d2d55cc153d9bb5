"""A training run: steps, a log, checkpoints, and the best model by a measurement on held-out data."""

import json
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Callable, Dict, Iterator, List, Tuple

from . import checkpoint
from .epochs import Epoch
from .trainer import Trainer


@dataclass(frozen=True)
class Cadence:
    """How often a run tells, measures and saves."""

    log_steps: int = 50
    measure_steps: int = 1000
    save_seconds: float = 600


@dataclass(frozen=True)
class Examination:
    """Measures a trainer on held-out data; the figure named `by` chooses the model."""

    measure: Callable[[Trainer], Dict[str, float]]
    by: str
    lower_is_better: bool = False


class Run:
    """Holds the folder of checkpoints: log.jsonl, last.pt to resume from, best.pt to export.

    `batches` gives those from a step of an epoch on.
    """

    def __init__(
        self,
        trainer: Trainer,
        batches: Callable[[Epoch, int], Iterator[Tuple[Epoch, Any]]],
        examination: Examination,
        folder: Path,
        cadence: Cadence = Cadence(),
    ):
        self.trainer, self.batches, self.examination = trainer, batches, examination
        self.folder, self.cadence = folder, cadence
        self.best = folder / "best.pt"
        self.best_figure = checkpoint.load(self.best)[examination.by] if self.best.exists() else None
        self.losses: List[float] = []
        self.logged = self.saved = time.monotonic()

    def to_end(self) -> None:
        trainer = self.trainer
        for trainer.epoch, batch in self.batches(trainer.epoch, trainer.step):
            if trainer.step >= trainer.settings.steps:
                break
            self.losses.append(trainer.learn(batch))
            self.after_step(last=trainer.step == trainer.settings.steps)

    def after_step(self, last: bool) -> None:
        step = self.trainer.step
        if step % self.cadence.log_steps == 0 or last:
            self.log_losses()
        if step % self.cadence.measure_steps == 0 or last:
            self.measure()
        if last or time.monotonic() - self.saved > self.cadence.save_seconds:
            checkpoint.save(self.trainer.state(), self.folder / "last.pt")
            self.saved = time.monotonic()

    def log_losses(self) -> None:
        seconds = (time.monotonic() - self.logged) / len(self.losses)
        mean = sum(self.losses) / len(self.losses)
        self.log(epoch=self.trainer.epoch.number, loss=mean, secondsAStep=seconds)
        self.losses, self.logged = [], time.monotonic()

    def measure(self) -> None:
        """Keeps the averaged weights in best.pt when they are the best so far."""
        measured = self.examination.measure(self.trainer)
        self.log(**measured)
        if self.is_best(measured[self.examination.by]):
            self.best_figure = measured[self.examination.by]
            state = self.trainer.state()
            checkpoint.save({**{key: state[key] for key in ("settings", "step", "average")}, **measured}, self.best)
        self.logged = time.monotonic()

    def is_best(self, figure: float) -> bool:
        if self.best_figure is None:
            return True
        return figure < self.best_figure if self.examination.lower_is_better else figure > self.best_figure

    def log(self, **entry: float) -> None:
        """One JSON object a line, on disk and on the terminal."""
        line = json.dumps({"time": time.strftime("%FT%T"), "step": self.trainer.step, **_rounded(entry)})
        with (self.folder / "log.jsonl").open("a") as stream:
            print(line, file=stream)
        print(line, flush=True)


def _rounded(entry: Dict[str, float]) -> Dict[str, float]:
    return {key: float(f"{value:.5g}") for key, value in entry.items()}
