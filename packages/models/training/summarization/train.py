"""Trains the summarizer of abstracts, or goes on where the last run in the folder stopped.

    python3 packages/models/training/summarization/train.py --data ../shared/data/scitldr
"""

import argparse
from functools import partial
from pathlib import Path
from typing import List, Sequence

from abstracts import Abstract, read_abstracts, training_abstracts
from epochs import plan_epoch
from lessons import SIGNS, lessons_of
from measuring import measure
from model import Shape
from neural.epochs import batches_from
from neural.options import add_run_options, cadence_of
from neural.run import Examination, Run
from neural.start import start
from neural.vocabulary import load_vocabulary
from settings import Settings
from summarizing import summarizing


MEASURED_EVERY = 4  # of dev, since greedy decoding takes longer than the steps between two measurements


def read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="folder with train.jsonl, dev.jsonl and test.jsonl")
    add_run_options(parser, Settings, Shape, checkpoints=".checkpoints/summarization")
    parser.set_defaults(measure_steps=250)
    return parser.parse_args()


def texts_of(abstracts: Sequence[Abstract]) -> List[str]:
    return [text for abstract in abstracts for text in (*abstract.sentences, *abstract.summaries)]


def main() -> None:
    options = read_options()
    trainer, folder = start(options, (Settings, Shape), summarizing)
    settings = trainer.settings
    train, dev = training_abstracts(options.data), read_abstracts(options.data / "dev.jsonl")[::MEASURED_EVERY]
    pieces = load_vocabulary(folder / "vocabulary.model", texts_of(train), settings.shape.vocabulary, SIGNS)
    batches = partial(batches_from, partial(plan_epoch, lessons_of(pieces, train), settings))
    examination = Examination(
        partial(measure, pieces=pieces, abstracts=dev, lessons=lessons_of(pieces, dev)), by="rougeL"
    )
    Run(trainer, batches, examination, folder, cadence_of(options)).to_end()


if __name__ == "__main__":
    main()
