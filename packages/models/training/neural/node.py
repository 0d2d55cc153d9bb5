"""Runs exported models in Node, as the project does, for the tests."""

import json
import shutil
import subprocess
from pathlib import Path

import numpy
import torch

FOLDER = Path(__file__).resolve().parent
LIBRARY = FOLDER / "../../../core/node_modules/@xenova/transformers"
AVAILABLE = bool(shutil.which("node")) and LIBRARY.exists()
MISSING = "node and the project's packages are not installed"


def node(script: Path, *arguments: str, stdin):
    """What `script` prints when it reads `stdin`; JSON on both sides."""
    command = ["node", str(script), *arguments]
    done = subprocess.run(command, input=json.dumps(stdin), capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


def run_session(model: Path, feeds: list) -> list:
    """The outputs of the ONNX file `model` for each of `feeds`."""
    return node(FOLDER / "onnx-session.mjs", str(model), stdin=feeds)


def tensor(value: torch.Tensor) -> dict:
    kinds = {torch.int64: "int64", torch.bool: "bool", torch.float32: "float32"}
    return {"type": kinds[value.dtype], "dims": list(value.shape), "data": value.flatten().tolist()}


def array(value: dict) -> numpy.ndarray:
    return numpy.array(value["data"], numpy.float32).reshape(value["dims"])
