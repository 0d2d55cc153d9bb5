"""The weights of a shipped model, read back from its 8-bit files, for a run that goes on from there."""

import hashlib
import json
from pathlib import Path
from typing import Dict

import numpy
import onnx
import torch
from onnx import numpy_helper

from model import Shape, Translator
from neural.quantize import ZERO

FILES = ("encoder_model_quantized.onnx", "decoder_model_merged_quantized.onnx")


def weights_digest(folder: Path) -> str:
    """Tells which weights a run started from."""
    digest = hashlib.sha256()
    for file in FILES:
        digest.update((folder / "onnx" / file).read_bytes())
    return digest.hexdigest()


def read_weights(folder: Path, shape: Shape) -> Dict[str, torch.Tensor]:
    """As `Translator.load_state_dict` takes them: matrices outputs × inputs, in float32."""
    stored: Dict[str, numpy.ndarray] = {}
    for file in FILES:
        graph = onnx.load(str(folder / "onnx" / file)).graph
        arrays = {weight.name: numpy_helper.to_array(weight) for weight in graph.initializer}
        stored.update(_without_bytes(arrays))
    names = Translator(shape).state_dict()
    return {name: torch.from_numpy(_joined(stored, name)) for name in names}


def first_edition(folder: Path) -> Dict[str, str]:
    """What the next card says of the weights that a run started from."""
    card = json.loads((folder / "card.json").read_text(encoding="utf-8"))
    return {name: card[name] for name in ("id", "sha256", "recipe")}


def check_vocabulary(folder: Path, pieces) -> None:
    """Refuses weights whose rows stand for other pieces."""
    vocabulary = json.loads((folder / "tokenizer.json").read_text(encoding="utf-8"))["model"]["vocab"]
    if [piece for piece, _ in vocabulary] != [pieces.id_to_piece(i) for i in range(pieces.get_piece_size())]:
        raise SystemExit(f"{folder} has another vocabulary than this run: its weights mean nothing here")


def _without_bytes(arrays: Dict[str, numpy.ndarray]) -> Dict[str, numpy.ndarray]:
    """Bytes times scales; the embedding has a scale for each row, a product one for each column."""
    plain = {name: array for name, array in arrays.items() if array.dtype == numpy.float32}
    for name, array in arrays.items():
        if name.endswith(".bytes"):
            scales = arrays[f"{name}.scales"]
            centred = array.astype(numpy.float32) - ZERO
            rows = name.startswith("shared.")
            plain[name[: -len(".bytes")]] = centred * scales[:, None] if rows else (centred * scales).T
    return plain


def _joined(stored: Dict[str, numpy.ndarray], name: str) -> numpy.ndarray:
    """The parts of an attention's projection stand apart where queries and the source are projected apart."""
    if name in stored:
        return numpy.array(stored[name])
    owner, kind = name.rsplit(".", 1)
    parts = ("0-3",) if f"{owner}.0-3.{kind}" in stored else ("0-1", "1-3")
    return numpy.concatenate([stored[f"{owner}.{part}.{kind}"] for part in parts])
