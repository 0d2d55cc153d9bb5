"""Writes a trained writer in the Hub's layout: fp32 and 8-bit ONNX, tokenizer, configuration.

    python3 packages/models/training/writing/export.py --checkpoints .checkpoints/writing --output FOLDER
"""

import argparse
from pathlib import Path
from typing import Any, Dict

from byte_pairs import END, BytePairs, load_vocabulary
from model import Shape, Writer
from neural import checkpoint
from neural.export import numpy_weights, write_graphs, write_json_files, write_training
from neural.options import options_that_give
from onnx_model import writer_model
from settings import Settings
from tokenizer_json import tokenizer_config, tokenizer_json


def config(shape: Shape) -> Dict[str, Any]:
    """As transformers has it for GPT-2; `transformers.js_config` makes the shipped file the default."""
    return {
        "model_type": "gpt2",
        "architectures": ["GPT2LMHeadModel"],
        "vocab_size": shape.vocabulary,
        "n_embd": shape.width,
        "n_inner": shape.inner,
        "n_head": shape.heads,
        "n_layer": shape.layers,
        "n_positions": shape.positions,
        "n_ctx": shape.positions,
        "activation_function": "relu",
        "layer_norm_epsilon": 1e-5,
        "tie_word_embeddings": True,
        **token_ids(),
        "transformers.js_config": {"dtype": "q8"},
    }


def token_ids() -> Dict[str, int]:
    return {"bos_token_id": END, "eos_token_id": END, "pad_token_id": END}


def write_model(model: Writer, folder: Path) -> None:
    """onnx/model.onnx and onnx/model_quantized.onnx."""
    write_graphs({"model": writer_model(numpy_weights(model), model.shape)}, folder)


def write_configuration(shape: Shape, pieces: BytePairs, folder: Path) -> None:
    """It draws what it writes, as the likeliest text of a small model turns in circles."""
    generation = {**token_ids(), "max_length": shape.positions, "do_sample": True, "temperature": 0.8, "top_p": 0.95}
    files = {
        "config.json": config(shape),
        "generation_config.json": generation,
        "tokenizer.json": tokenizer_json(pieces),
        "tokenizer_config.json": tokenizer_config(shape.positions),
    }
    write_json_files(files, folder)


def writer_of(saved: Dict[str, Any]) -> Writer:
    """With the averaged weights that were the best on valid."""
    model = Writer(Shape(**saved["settings"]["shape"]))
    model.load_state_dict(saved["average"])
    return model.eval()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--checkpoints", type=Path, default=Path(".checkpoints/writing"))
    parser.add_argument("--output", type=Path, required=True)
    options = parser.parse_args()
    checkpoints = options.checkpoints.expanduser()
    saved = checkpoint.load(checkpoints / "best.pt")
    model = writer_of(saved)
    write_model(model, options.output)
    write_configuration(model.shape, load_vocabulary(checkpoints / "vocabulary.json"), options.output)
    parameters = sum(weight.numel() for weight in model.parameters())
    write_training(saved, parameters, options.output, options=options_that_give(saved["settings"], Settings()))


if __name__ == "__main__":
    main()
