"""Writing a trained model in the Hub's layout."""

import json
from pathlib import Path
from typing import Any, Dict, Mapping

import numpy
import onnx
from torch import nn

from .quantize import quantize_model


def numpy_weights(model: nn.Module) -> Dict[str, numpy.ndarray]:
    return {name: value.detach().cpu().float().numpy() for name, value in model.state_dict().items()}


def write_graphs(graphs: Mapping[str, onnx.ModelProto], folder: Path) -> None:
    """onnx/NAME.onnx, and the same in 8 bits as onnx/NAME_quantized.onnx."""
    (folder / "onnx").mkdir(parents=True, exist_ok=True)
    for name, graph in graphs.items():
        onnx.save(graph, str(folder / "onnx" / f"{name}.onnx"))
        onnx.save(quantize_model(graph), str(folder / "onnx" / f"{name}_quantized.onnx"))


def write_json_files(files: Mapping[str, Any], folder: Path) -> None:
    """Each value under its file's name."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, value in files.items():
        (folder / name).write_text(json.dumps(value, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def write_training(saved: Mapping[str, Any], parameters: int, folder: Path, **told: Any) -> None:
    """What the weights come from: settings, step, the figures they were chosen by, and what else is told."""
    training = {**{key: value for key, value in saved.items() if key != "average"}, "parameters": parameters, **told}
    write_json_files({"training.json": training}, folder)
