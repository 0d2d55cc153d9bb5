"""Trains the translator between English and French, or goes on where the last run in the folder stopped.

    python3 packages/models/training/translation/train.py --data ../shared/data/tatoeba-en-fr
"""

import argparse
import json
from functools import partial
from pathlib import Path

from epochs import plan_epoch
from measuring import measure
from model import Shape
from neural.epochs import batches_from
from neural.options import add_run_options, cadence_of
from neural.run import Examination, Run
from neural.start import start
from neural.trainer import Trainer
from pairs import read_pairs, training_pairs
from settings import Settings
from shipped import check_vocabulary, first_edition, read_weights, weights_digest
from translating import translating
from vocabulary import load_vocabulary


def read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="folder with train.tsv, dev.tsv and test.tsv")
    parser.add_argument("--start-from", type=Path, help="folder of a shipped model whose weights the run begins with")
    add_run_options(parser, Settings, Shape, checkpoints=".checkpoints/translation")
    return parser.parse_args()


def begin(options: argparse.Namespace, trainer: Trainer) -> None:
    if options.start_from:
        trainer.begin_with(read_weights(options.start_from, trainer.settings.shape))


def main() -> None:
    options = read_options()
    digest = weights_digest(options.start_from) if options.start_from else ""
    trainer, folder = start(options, (Settings, Shape), translating, partial(begin, options), start=digest)
    settings = trainer.settings
    train, dev = training_pairs(options.data), read_pairs(options.data / "dev.tsv")
    texts = [text for pair in train for text in pair]
    pieces = load_vocabulary(folder / "vocabulary.model", texts, settings.shape.vocabulary)
    if options.start_from:
        check_vocabulary(options.start_from, pieces)
        (folder / "started-from.json").write_text(json.dumps(first_edition(options.start_from)), encoding="utf-8")
    batches = partial(batches_from, partial(plan_epoch, pieces, train, settings))
    examination = Examination(partial(measure, pieces=pieces, pairs=dev), by="bleu")
    Run(trainer, batches, examination, folder, cadence_of(options)).to_end()


if __name__ == "__main__":
    main()
