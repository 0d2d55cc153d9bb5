"""Pretrains the encoder on hidden words, or goes on where the last run in the folder stopped.

    python3 packages/models/training/encoder/pretrain.py --data ../shared/data
"""

import argparse
from functools import partial
from pathlib import Path
from typing import Dict, List, Tuple

from hidden_words import measure, plan_epoch, telling_hidden_words
from masking import encode_documents, pack, starts_of
from model import Shape
from neighbours import table_of_neighbours
from neural.epochs import batches_from
from neural.options import add_run_options, cadence_of
from neural.run import Examination, Run
from neural.start import start
from settings import PretrainingSettings
from texts import REPEATED, Document, training_texts
from wordpiece import WordPieces, load_pieces

HELD_OUT_EVERY = 100


def read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="folder of the data sets")
    add_run_options(parser, PretrainingSettings, Shape, checkpoints=".checkpoints/encoder")
    return parser.parse_args()


def parted(texts: Dict[str, List[Document]]) -> Tuple[List[Document], List[Document]]:
    """Documents to learn from, those of some sets more than once, and every hundredth to measure on."""
    learned, measured = [], []
    for name, documents in texts.items():
        measured.extend(documents[::HELD_OUT_EVERY] if len(documents) > 1 else [])
        rest = [document for i, document in enumerate(documents) if len(documents) == 1 or i % HELD_OUT_EVERY]
        learned.extend(rest * REPEATED.get(name, 1))
    return learned, measured


def main() -> None:
    options = read_options()
    trainer, folder = start(options, (PretrainingSettings, Shape), telling_hidden_words)
    settings, device = trainer.settings, trainer.device
    texts = training_texts(options.data)
    pieces = load_pieces(folder / "vocabulary.txt", sum(texts.values(), []), settings.shape.vocabulary)
    starts, words = starts_of(pieces), WordPieces(pieces)
    documents, measured = (encode_documents(words, part) for part in parted(texts))
    held_out = pack(measured, settings.length, 0)
    if trainer.step == 0:
        shape = settings.shape
        table = table_of_neighbours(documents, shape.vocabulary, shape.width, settings.seed).to(device)
        trainer.begin_with({**trainer.model.state_dict(), "encoder.words.weight": table})
    batches = partial(batches_from, partial(plan_epoch, documents, starts, settings))
    examination = Examination(partial(measure, rows=held_out, starts=starts), by="heldOutLoss", lower_is_better=True)
    Run(trainer, batches, examination, folder, cadence_of(options)).to_end()


if __name__ == "__main__":
    main()
