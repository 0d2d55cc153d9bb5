"""The command line of a training run."""

import argparse
from dataclasses import asdict, fields
from pathlib import Path
from typing import Any, Dict, Mapping

import torch

from . import checkpoint
from .device import pick_precision
from .run import Cadence
from .settings import TrainingSettings

NOT_OPTIONS = ("shape", "precision", "start")


def add_run_options(parser: argparse.ArgumentParser, settings: type, shape: type, checkpoints: str) -> None:
    """Those of every run, and one for each field of the model's `settings` and `shape`."""
    parser.add_argument("--checkpoints", type=Path, default=Path(checkpoints))
    parser.add_argument("--device", default="auto", help="auto, cpu, cuda")
    parser.add_argument("--precision", default="auto", choices=("auto", "float32", "bfloat16"))
    parser.add_argument("--threads", type=int, default=1, help="of the CPU")
    parser.add_argument("--log-steps", type=int, default=Cadence.log_steps)
    parser.add_argument("--measure-steps", type=int, default=Cadence.measure_steps)
    parser.add_argument("--save-seconds", type=float, default=Cadence.save_seconds)
    for kind in (settings, shape):
        for field in fields(kind):
            if field.name not in NOT_OPTIONS:
                parser.add_argument(f"--{field.name.replace('_', '-')}", type=field.type, default=field.default)


def cadence_of(options: argparse.Namespace) -> Cadence:
    return Cadence(options.log_steps, options.measure_steps, options.save_seconds)


def settings_of(options: argparse.Namespace, settings: type, shape: type, device: torch.device, **given: Any):
    """The settings asked for, with those `given`; a run that goes on keeps the precision it began with."""
    last = options.checkpoints.expanduser() / "last.pt"
    if options.precision == "auto" and last.exists():
        precision = checkpoint.load(last)["settings"]["precision"]
    else:
        precision = pick_precision(options.precision, device)
    shaped = shape(**{field.name: getattr(options, field.name) for field in fields(shape)})
    names = [field.name for field in fields(settings) if field.name not in NOT_OPTIONS]
    return settings(shape=shaped, precision=precision, **{name: getattr(options, name) for name in names}, **given)


def settings_saved(saved: Mapping[str, Any], settings: type, shape: type):
    """Those that a checkpoint was made with."""
    return settings(**{**saved["settings"], "shape": shape(**saved["settings"]["shape"])})


def options_that_give(settings: Dict[str, Any], usual: TrainingSettings) -> str:
    """The options, as typed, of a run with such settings; what is as usual is left out."""
    asked, default = ({**each, **each["shape"]} for each in (settings, asdict(usual)))
    differing = [name for name in default if name not in NOT_OPTIONS and asked[name] != default[name]]
    return " ".join(f"--{name.replace('_', '-')} {asked[name]}" for name in differing)
