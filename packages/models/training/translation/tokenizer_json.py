"""The vocabulary in the form that the Hub's tokenizers read."""

from neural.unigram_json import Json, sign, template, text, unigram_json
from vocabulary import LANGUAGES


def tokenizer_json(pieces) -> Json:
    """A text becomes language, pieces, end; `translation` puts the language asked for in place of the first."""
    first, end = sign(LANGUAGES[0]), sign("</s>")
    pair = [first, text("A"), text("B"), end]
    return unigram_json(pieces, template(pieces, [first, text("A"), end], pair, (*LANGUAGES, "</s>")))


def tokenizer_config(positions: int) -> Json:
    return {
        "tokenizer_class": "M2M100Tokenizer",
        "model_max_length": positions,
        "bos_token": "<s>",
        "eos_token": "</s>",
        "pad_token": "<pad>",
        "unk_token": "<unk>",
        "additional_special_tokens": list(LANGUAGES),
        "src_lang": "en",
        "tgt_lang": "fr",
        "clean_up_tokenization_spaces": False,
    }
