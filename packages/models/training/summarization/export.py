"""Writes a trained summarizer in the Hub's layout: fp32 and 8-bit ONNX, tokenizer, configuration.

    python3 packages/models/training/summarization/export.py --checkpoints .checkpoints/summarization --output FOLDER
"""

import argparse
from pathlib import Path
from typing import Any, Dict

import sentencepiece

from model import Shape
from neural import checkpoint
from neural.encoder_decoder import EncoderDecoder
from neural.encoder_decoder_export import config, token_ids, write_model
from neural.export import write_json_files, write_training
from neural.options import options_that_give
from neural.unigram_json import Json, sign, template, text, unigram_json
from settings import Settings


def tokenizer_json(pieces) -> Json:
    """A text becomes its pieces and the end."""
    end = sign("</s>")
    return unigram_json(pieces, template(pieces, [text("A"), end], [text("A"), text("B"), end], ["</s>"]))


def tokenizer_config(positions: int) -> Json:
    return {
        "tokenizer_class": "PreTrainedTokenizerFast",
        "model_max_length": positions,
        "bos_token": "<s>",
        "eos_token": "</s>",
        "pad_token": "<pad>",
        "unk_token": "<unk>",
        "clean_up_tokenization_spaces": False,
    }


def write_configuration(settings: Settings, pieces, folder: Path) -> None:
    generation = {**token_ids(), "max_length": settings.longest_target, "num_beams": 4, "no_repeat_ngram_size": 3}
    files = {
        "config.json": config(settings.shape),
        "generation_config.json": generation,
        "tokenizer.json": tokenizer_json(pieces),
        "tokenizer_config.json": tokenizer_config(settings.shape.positions),
    }
    write_json_files(files, folder)


def settings_in(saved: Dict[str, Any]) -> Settings:
    return Settings(**{**saved["settings"], "shape": Shape(**saved["settings"]["shape"])})


def summarizer_of(saved: Dict[str, Any], shape: Shape) -> EncoderDecoder:
    """With the averaged weights that were the best on dev."""
    model = EncoderDecoder(shape)
    model.load_state_dict(saved["average"])
    return model.eval()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--checkpoints", type=Path, default=Path(".checkpoints/summarization"))
    parser.add_argument("--output", type=Path, required=True)
    options = parser.parse_args()
    checkpoints = options.checkpoints.expanduser()
    saved = checkpoint.load(checkpoints / "best.pt")
    settings = settings_in(saved)
    model = summarizer_of(saved, settings.shape)
    pieces = sentencepiece.SentencePieceProcessor(model_file=str(checkpoints / "vocabulary.model"))
    write_model(model, options.output)
    write_configuration(settings, pieces, options.output)
    parameters = sum(weight.numel() for weight in model.parameters())
    write_training(saved, parameters, options.output, options=options_that_give(saved["settings"], Settings()))


if __name__ == "__main__":
    main()
