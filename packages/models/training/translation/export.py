"""Writes a trained translator in the Hub's layout: fp32 and 8-bit ONNX, tokenizer, configuration.

    python3 packages/models/training/translation/export.py --checkpoints .checkpoints/translation --output FOLDER
"""

import argparse
import json
from pathlib import Path
from typing import Any, Dict, Optional

import sentencepiece

from model import Shape, Translator
from neural import checkpoint
from neural.encoder_decoder_export import config, token_ids, write_model
from neural.export import write_json_files, write_training
from neural.options import options_that_give
from settings import Settings
from tokenizer_json import tokenizer_config, tokenizer_json


def write_configuration(shape: Shape, pieces, folder: Path) -> None:
    generation = {**token_ids(), "max_length": shape.positions, "num_beams": 4}
    files = {
        "config.json": config(shape),
        "generation_config.json": generation,
        "tokenizer.json": tokenizer_json(pieces),
        "tokenizer_config.json": tokenizer_config(shape.positions),
    }
    write_json_files(files, folder)


def translator_of(saved: Dict[str, Any]) -> Translator:
    """With the averaged weights that were the best on dev."""
    model = Translator(Shape(**saved["settings"]["shape"]))
    model.load_state_dict(saved["average"])
    return model.eval()


def given(saved: Dict[str, Any]) -> str:
    return options_that_give(saved["settings"], Settings())


def started_from(checkpoints: Path) -> Optional[Dict[str, str]]:
    """The edition whose weights the run went on from."""
    file = checkpoints / "started-from.json"
    return json.loads(file.read_text(encoding="utf-8")) if file.exists() else None


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--checkpoints", type=Path, default=Path(".checkpoints/translation"))
    parser.add_argument("--output", type=Path, required=True)
    options = parser.parse_args()
    checkpoints = options.checkpoints.expanduser()
    saved = checkpoint.load(checkpoints / "best.pt")
    model = translator_of(saved)
    pieces = sentencepiece.SentencePieceProcessor(model_file=str(checkpoints / "vocabulary.model"))
    write_model(model, options.output)
    write_configuration(model.shape, pieces, options.output)
    parameters = sum(weight.numel() for weight in model.parameters())
    write_training(saved, parameters, options.output, options=given(saved), startedFrom=started_from(checkpoints))


if __name__ == "__main__":
    main()
