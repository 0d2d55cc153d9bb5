"""Writes a trained summarizer in the Hub's layout: fp32 and 8-bit ONNX, tokenizer, configuration.

    python3 packages/models/training/summarization/export.py --checkpoints .checkpoints/summarization --output FOLDER
"""

from pathlib import Path
from typing import Any, Mapping

import sentencepiece

from model import Shape
from neural.encoder_decoder import EncoderDecoder
from neural.encoder_decoder_export import config, token_ids, write_model
from neural.export import export, with_average, write_configuration
from neural.options import settings_saved
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


def write_files(settings: Settings, pieces, folder: Path) -> None:
    write_configuration(
        folder,
        config=config(settings.shape),
        generation={**token_ids(), "max_length": settings.longest_target, "num_beams": 4, "no_repeat_ngram_size": 3},
        tokenizer=tokenizer_json(pieces),
        tokenizer_config=tokenizer_config(settings.shape.positions),
    )


def write(saved: Mapping[str, Any], checkpoints: Path, output: Path) -> EncoderDecoder:
    settings = settings_saved(saved, Settings, Shape)
    model = with_average(EncoderDecoder(settings.shape), saved)
    pieces = sentencepiece.SentencePieceProcessor(model_file=str(checkpoints / "vocabulary.model"))
    write_model(model, output)
    write_files(settings, pieces, output)
    return model


if __name__ == "__main__":
    export(__doc__, ".checkpoints/summarization", Settings(), write)
