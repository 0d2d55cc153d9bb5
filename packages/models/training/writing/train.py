"""Trains the writer on War and Peace, or goes on where the last run in the folder stopped.

    python3 packages/models/training/writing/train.py --data ../shared/data/war-and-peace
"""

import argparse
from functools import partial
from pathlib import Path

from batching import plan_epoch
from byte_pairs import load_vocabulary
from measuring import measure
from model import Shape
from neural.epochs import batches_from
from neural.options import add_run_options, cadence_of
from neural.run import Examination, Run
from neural.start import start
from novel import read_novel
from settings import Settings
from writing import writing


def read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="folder with train.txt and valid.txt")
    add_run_options(parser, Settings, Shape, checkpoints=".checkpoints/writing")
    return parser.parse_args()


def main() -> None:
    options = read_options()
    trainer, folder = start(options, (Settings, Shape), writing)
    settings = trainer.settings
    train, valid = (read_novel(options.data / f"{part}.txt") for part in ("train", "valid"))
    pieces = load_vocabulary(folder / "vocabulary.json", train, settings.shape.vocabulary)
    batches = partial(batches_from, partial(plan_epoch, [pieces.encode(text) for text in train], settings))
    examination = Examination(partial(measure, pieces=pieces, texts=valid), by="bitsPerByte", lower_is_better=True)
    Run(trainer, batches, examination, folder, cadence_of(options)).to_end()


if __name__ == "__main__":
    main()
