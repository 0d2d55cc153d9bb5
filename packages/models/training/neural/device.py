"""Where to compute, and in what precision."""

import contextlib
import time
from typing import Callable

import torch


def pick_device(name: str) -> torch.device:
    if name == "auto":
        name = "cuda" if torch.cuda.is_available() else "cpu"
    return torch.device(name)


def pick_precision(name: str, device: torch.device) -> str:
    """bfloat16 where its products are faster: on GPUs, and on CPUs with AMX or AVX512-BF16."""
    if name != "auto":
        return name
    if device.type == "cuda":
        return "bfloat16" if torch.cuda.is_bf16_supported() else "float32"
    return "bfloat16" if _product_seconds(torch.bfloat16) < _product_seconds(torch.float32) else "float32"


def _product_seconds(dtype: torch.dtype) -> float:
    """The best of several, since other work on the machine only ever adds to the time."""
    a = torch.ones(512, 512, dtype=dtype)
    return min(_seconds(lambda: a @ a) for _ in range(10))


def _seconds(work: Callable[[], torch.Tensor]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def products_in(precision: str, device: torch.device):
    """A context in which matrix products are computed in `precision`; weights and sums stay float32."""
    if precision == "float32":
        return contextlib.nullcontext()
    return torch.autocast(device.type, dtype=torch.bfloat16)
