"""How every training begins, or goes on where the last run in its folder stopped."""

import argparse
from pathlib import Path
from typing import Any, Callable, Optional, Tuple

import torch

from . import checkpoint
from .device import pick_device
from .options import settings_of
from .trainer import Task, Trainer


def start(
    options: argparse.Namespace,
    kinds: Tuple[type, type],
    task: Callable[[Any], Task],
    begin: Optional[Callable[[Trainer], None]] = None,
    **given: Any,
) -> Tuple[Trainer, Path]:
    """A trainer and its folder of checkpoints.

    `kinds` are the classes of settings and shape, `given` the settings that are no options. `begin` may change a trainer that
    has learned nothing yet.
    """
    torch.set_num_threads(options.threads)
    folder, device = options.checkpoints.expanduser(), pick_device(options.device)
    folder.mkdir(parents=True, exist_ok=True)
    settings = settings_of(options, *kinds, device, **given)
    trainer = Trainer(settings, task(settings), device)
    if (folder / "last.pt").exists():
        trainer.restore(checkpoint.load(folder / "last.pt"))
    elif begin is not None:
        begin(trainer)
    print(f"from step {trainer.step} on {device}, products in {settings.precision}", flush=True)
    return trainer, folder
