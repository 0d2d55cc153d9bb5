"""Writes a trained translator in the Hub's layout: fp32 and 8-bit ONNX, tokenizer, configuration.

    python3 packages/models/training/translation/export.py --checkpoints .checkpoints/translation --output FOLDER
"""

import json
from pathlib import Path
from typing import Any, Dict, Mapping, Optional

import sentencepiece

from model import Shape, Translator
from neural.encoder_decoder_export import config, token_ids, write_model
from neural.export import export, with_average, write_configuration
from settings import Settings
from tokenizer_json import tokenizer_config, tokenizer_json


def write_files(shape: Shape, pieces, folder: Path) -> None:
    write_configuration(
        folder,
        config=config(shape),
        generation={**token_ids(), "max_length": shape.positions, "num_beams": 4},
        tokenizer=tokenizer_json(pieces),
        tokenizer_config=tokenizer_config(shape.positions),
    )


def started_from(checkpoints: Path) -> Dict[str, Optional[Dict[str, str]]]:
    """The edition whose weights the run went on from."""
    file = checkpoints / "started-from.json"
    return {"startedFrom": json.loads(file.read_text(encoding="utf-8")) if file.exists() else None}


def write(saved: Mapping[str, Any], checkpoints: Path, output: Path) -> Translator:
    model = with_average(Translator(Shape(**saved["settings"]["shape"])), saved)
    pieces = sentencepiece.SentencePieceProcessor(model_file=str(checkpoints / "vocabulary.model"))
    write_model(model, output)
    write_files(model.shape, pieces, output)
    return model


if __name__ == "__main__":
    export(__doc__, ".checkpoints/translation", Settings(), write, started_from)
