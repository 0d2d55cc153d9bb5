"""Writes what the encoder was taught in the Hub's layout: fp32 and 8-bit ONNX, tokenizer, configuration.

    python3 packages/models/training/encoder/export.py --checkpoints .checkpoints/encoder-sentiment --output FOLDER
"""

import argparse
from pathlib import Path
from typing import Any, Dict, Sequence

from torch import nn

from model import Shape
from neural import checkpoint
from neural.export import numpy_weights, with_average, write_configuration, write_graphs, write_training
from neural.options import options_that_give, settings_saved
from onnx_model import text_model, token_model
from settings import FinetuningSettings, PretrainingSettings
from taught import TAUGHT
from tokenizer_json import tokenizer_config, tokenizer_json
from wordpiece import PAD, read_pieces

GRAPHS = {"sentiment": text_model, "entities": token_model}
ARCHITECTURES = {"sentiment": "BertForSequenceClassification", "entities": "BertForTokenClassification"}


def config(shape: Shape, architecture: str, labels: Sequence[str]) -> Dict[str, Any]:
    """As transformers has it for BERT; `transformers.js_config` makes the shipped file the default."""
    return {
        "model_type": "bert",
        "architectures": [architecture],
        "vocab_size": shape.vocabulary,
        "hidden_size": shape.width,
        "num_hidden_layers": shape.layers,
        "num_attention_heads": shape.heads,
        "intermediate_size": shape.inner,
        "max_position_embeddings": shape.positions,
        "hidden_act": "relu",
        "layer_norm_eps": 1e-5,
        "pad_token_id": PAD,
        "id2label": {str(i): label for i, label in enumerate(labels)},
        "label2id": {label: i for i, label in enumerate(labels)},
        "transformers.js_config": {"dtype": "q8"},
    }


def write_model(model: nn.Module, task: str, pieces: Sequence[str], folder: Path) -> None:
    """All that a user of the folder needs."""
    shape, taught = model.encoder.shape, TAUGHT[task]
    write_graphs({"model": GRAPHS[task](numpy_weights(model), shape)}, folder)
    write_configuration(
        folder,
        config=config(shape, ARCHITECTURES[task], taught.labels),
        tokenizer=tokenizer_json(pieces, taught.lowercase),
        tokenizer_config=tokenizer_config(shape.positions, taught.lowercase),
    )


def told_of(pretrained: Path) -> Dict[str, Any]:
    """Of the pretraining: what it was told, and what it came to."""
    saved = checkpoint.load(pretrained / "best.pt")
    options = options_that_give(saved["settings"], PretrainingSettings())
    return {"options": options, **{name: value for name, value in saved.items() if name != "average"}}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pretrained", type=Path, default=Path(".checkpoints/encoder"), help="folder of the pretraining")
    parser.add_argument("--checkpoints", type=Path, default=Path(".checkpoints/encoder-sentiment"))
    parser.add_argument("--output", type=Path, required=True)
    options = parser.parse_args()
    checkpoints = options.checkpoints.expanduser()
    saved = checkpoint.load(checkpoints / "best.pt")
    settings = settings_saved(saved, FinetuningSettings, Shape)
    model = with_average(TAUGHT[settings.task].task(settings).model(0.0), saved)
    write_model(model, settings.task, read_pieces(checkpoints / "vocabulary.txt"), options.output)
    parameters = sum(weight.numel() for weight in model.parameters())
    told = {"options": options_that_give(saved["settings"], FinetuningSettings()), "pretraining": told_of(options.pretrained.expanduser())}
    write_training(saved, parameters, options.output, **told)


if __name__ == "__main__":
    main()
