"""Trains the translator between English and French, or goes on where the last run in the folder stopped.

    python3 packages/models/training/translation/train.py --data ../shared/data/tatoeba-en-fr
"""

import argparse
from dataclasses import fields
from pathlib import Path

import torch

import checkpoint
from device import pick_device, pick_precision
from model import Shape
from pairs import read_pairs, training_pairs
from run import Cadence, Run
from settings import Settings
from shipped import check_vocabulary, read_weights, weights_digest
from trainer import Trainer
from vocabulary import load_vocabulary

NOT_OPTIONS = ("shape", "precision", "start")


def read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="folder with train.tsv, dev.tsv and test.tsv")
    parser.add_argument("--checkpoints", type=Path, default=Path(".checkpoints/translation"))
    parser.add_argument("--start-from", type=Path, help="folder of a shipped model whose weights the run begins with")
    parser.add_argument("--device", default="auto", help="auto, cpu, cuda")
    parser.add_argument("--precision", default="auto", choices=("auto", "float32", "bfloat16"))
    parser.add_argument("--threads", type=int, default=1, help="of the CPU")
    parser.add_argument("--log-steps", type=int, default=Cadence.log_steps)
    parser.add_argument("--measure-steps", type=int, default=Cadence.measure_steps)
    parser.add_argument("--save-seconds", type=float, default=Cadence.save_seconds)
    for kind in (Settings, Shape):
        for field in fields(kind):
            if field.name not in NOT_OPTIONS:
                parser.add_argument(f"--{field.name.replace('_', '-')}", type=field.type, default=field.default)
    return parser.parse_args()


def chosen(options: argparse.Namespace, last: Path, device: torch.device) -> Settings:
    """The settings asked for; the precision of a run that goes on is the one it began with."""
    shape = Shape(**{field.name: getattr(options, field.name) for field in fields(Shape)})
    names = [field.name for field in fields(Settings) if field.name not in NOT_OPTIONS]
    if options.precision == "auto" and last.exists():
        precision = checkpoint.load(last)["settings"]["precision"]
    else:
        precision = pick_precision(options.precision, device)
    start = weights_digest(options.start_from) if options.start_from else ""
    return Settings(shape=shape, precision=precision, start=start, **{name: getattr(options, name) for name in names})


def main() -> None:
    options = read_options()
    torch.set_num_threads(options.threads)
    folder, device = options.checkpoints.expanduser(), pick_device(options.device)
    folder.mkdir(parents=True, exist_ok=True)
    last = folder / "last.pt"
    trainer = Trainer(chosen(options, last, device), device)
    if last.exists():
        trainer.restore(checkpoint.load(last))
    elif options.start_from:
        trainer.begin_with(read_weights(options.start_from, trainer.settings.shape))
    print(f"from step {trainer.step} on {device}, products in {trainer.settings.precision}", flush=True)
    train, dev = training_pairs(options.data), read_pairs(options.data / "dev.tsv")
    texts = [text for pair in train for text in pair]
    pieces = load_vocabulary(folder / "vocabulary.model", texts, trainer.settings.shape.vocabulary)
    if options.start_from:
        check_vocabulary(options.start_from, pieces)
    cadence = Cadence(options.log_steps, options.measure_steps, options.save_seconds)
    Run(trainer, pieces, train, dev, folder, cadence).to_end()


if __name__ == "__main__":
    main()
