"""Teaches the pretrained encoder a task, or goes on where the last run in the folder stopped.

    python3 packages/models/training/encoder/finetune.py --task sentiment --data ../shared/data
    python3 packages/models/training/encoder/finetune.py --task entities --data ../shared/data --steps 1050 --learning-rate 8e-4
"""

import argparse
import hashlib
import shutil
from functools import partial
from pathlib import Path
from typing import Any, Dict

from examples import plan_epoch
from model import Shape
from neural import checkpoint
from neural.epochs import batches_from
from neural.options import add_run_options, cadence_of
from neural.run import Examination, Run
from neural.start import start
from neural.trainer import Trainer
from settings import FinetuningSettings
from taught import TAUGHT
from wordpiece import WordPieces, read_pieces


def read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="folder of the data sets")
    parser.add_argument("--pretrained", type=Path, default=Path(".checkpoints/encoder"), help="folder of the pretraining")
    add_run_options(parser, FinetuningSettings, Shape, checkpoints="")
    options = parser.parse_args()
    if options.task not in TAUGHT:
        parser.error(f"--task is one of {', '.join(TAUGHT)}")
    if not options.checkpoints.name:
        options.checkpoints = Path(f".checkpoints/encoder-{options.task}")
    return options


def begin(trainer: Trainer, pretrained: Dict[str, Any]) -> None:
    """The encoder's averaged weights instead of random ones; what reads off it begins at random."""
    prefix = "encoder."
    encoder = {name[len(prefix) :]: value for name, value in pretrained["average"].items() if name.startswith(prefix)}
    for model in (trainer.model, trainer.average):
        model.encoder.load_state_dict(encoder)


def main() -> None:
    options = read_options()
    pretrained, taught = options.pretrained.expanduser(), TAUGHT[options.task]
    digest = hashlib.sha256((pretrained / "best.pt").read_bytes()).hexdigest()[:16]
    weights = lambda trainer: begin(trainer, checkpoint.load(pretrained / "best.pt"))
    trainer, folder = start(options, (FinetuningSettings, Shape), taught.task, weights, start=digest)
    settings = trainer.settings
    shutil.copy(pretrained / "vocabulary.txt", folder)
    pieces = WordPieces(read_pieces(pretrained / "vocabulary.txt"), taught.lowercase)
    train, dev = taught.read_examples(options.data, pieces, settings)
    batches = partial(batches_from, partial(plan_epoch, train, settings))
    examination = Examination(partial(taught.measure, examples=dev), by=taught.by)
    Run(trainer, batches, examination, folder, cadence_of(options)).to_end()


if __name__ == "__main__":
    main()
