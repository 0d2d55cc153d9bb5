"""What a run leaves on disk. A file is whole or not there."""

import os
from pathlib import Path
from typing import Any, Dict

import torch


def save(value: Dict[str, Any], file: Path) -> None:
    """Writes beside the file and renames, so that a kill in the middle leaves the old one."""
    partial = file.with_suffix(".partial")
    with partial.open("wb") as stream:
        torch.save(value, stream)
        stream.flush()
        os.fsync(stream.fileno())
    partial.replace(file)


def load(file: Path) -> Dict[str, Any]:
    """On the CPU. It unpickles, so load only what a run of yours has written."""
    return torch.load(file, map_location="cpu", weights_only=False)


def random_state() -> Dict[str, torch.Tensor]:
    state = {"cpu": torch.get_rng_state()}
    if torch.cuda.is_available():
        state["cuda"] = torch.cuda.get_rng_state()
    return state


def restore_random_state(state: Dict[str, torch.Tensor]) -> None:
    torch.set_rng_state(state["cpu"])
    if "cuda" in state and torch.cuda.is_available():
        torch.cuda.set_rng_state(state["cuda"])
