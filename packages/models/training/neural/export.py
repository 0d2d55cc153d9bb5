"""Writing a trained model in the Hub's layout."""

import argparse
import json
from pathlib import Path
from typing import Any, Callable, Dict, Mapping, Optional

import numpy
import onnx
from torch import nn

from . import checkpoint
from .options import options_that_give
from .quantize import quantize_model
from .settings import TrainingSettings

Json = Dict[str, Any]


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


def write_configuration(
    folder: Path, *, config: Json, tokenizer: Json, tokenizer_config: Json, generation: Optional[Json] = None
) -> None:
    """The files beside the graphs, by their names on the Hub; `generation` where the model writes."""
    generates = {} if generation is None else {"generation_config.json": generation}
    tokenizers = {"tokenizer.json": tokenizer, "tokenizer_config.json": tokenizer_config}
    write_json_files({"config.json": config, **generates, **tokenizers}, folder)


def write_training(saved: Mapping[str, Any], parameters: int, folder: Path, **told: Any) -> None:
    """What the weights come from: settings, step, the figures they were chosen by, and what else is told."""
    training = {**{key: value for key, value in saved.items() if key != "average"}, "parameters": parameters, **told}
    write_json_files({"training.json": training}, folder)


def with_average(model: nn.Module, saved: Mapping[str, Any]) -> nn.Module:
    """The model with the averaged weights that were the best on held-out data."""
    model.load_state_dict(saved["average"])
    return model.eval()


def export(
    description: str,
    checkpoints: str,
    usual: TrainingSettings,
    write: Callable[[Mapping[str, Any], Path, Path], nn.Module],
    told: Callable[[Path], Dict[str, Any]] = lambda checkpoints: {},
) -> None:
    """The command that exports a run: `write` makes the model of what was saved in the folder of checkpoints and writes it to another.

    `usual` are the settings that need no option, `told` what training.json tells beside them.
    """
    parser = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--checkpoints", type=Path, default=Path(checkpoints))
    parser.add_argument("--output", type=Path, required=True)
    options = parser.parse_args()
    folder = options.checkpoints.expanduser()
    saved = checkpoint.load(folder / "best.pt")
    model = write(saved, folder, options.output)
    parameters = sum(weight.numel() for weight in model.parameters())
    given = options_that_give(saved["settings"], usual)
    write_training(saved, parameters, options.output, options=given, **told(folder))
