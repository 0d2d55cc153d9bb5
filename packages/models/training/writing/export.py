"""Writes a trained writer in the Hub's layout: fp32 and 8-bit ONNX, tokenizer, configuration.

    python3 packages/models/training/writing/export.py --checkpoints .checkpoints/writing --output FOLDER
"""

from pathlib import Path
from typing import Any, Dict, Mapping

from byte_pairs import END, BytePairs, load_vocabulary
from model import Shape, Writer
from neural.export import export, numpy_weights, with_average, write_configuration, write_graphs
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


def write_files(shape: Shape, pieces: BytePairs, folder: Path) -> None:
    """It draws what it writes, as the likeliest text of a small model turns in circles."""
    drawn = {"do_sample": True, "temperature": 0.8, "top_p": 0.95}
    write_configuration(
        folder,
        config=config(shape),
        generation={**token_ids(), "max_length": shape.positions, **drawn},
        tokenizer=tokenizer_json(pieces),
        tokenizer_config=tokenizer_config(shape.positions),
    )


def write(saved: Mapping[str, Any], checkpoints: Path, output: Path) -> Writer:
    model = with_average(Writer(Shape(**saved["settings"]["shape"])), saved)
    write_model(model, output)
    write_files(model.shape, load_vocabulary(checkpoints / "vocabulary.json"), output)
    return model


if __name__ == "__main__":
    export(__doc__, ".checkpoints/writing", Settings(), write)
