"""The vocabulary in the form that the Hub's tokenizers read: WordPiece, as BERT has it."""

from typing import Any, Dict, Sequence

from wordpiece import END, LONGEST_WORD, SPECIAL, START

Json = Dict[str, Any]


def tokenizer_json(pieces: Sequence[str], lowercase: bool) -> Json:
    """A text becomes [CLS], its pieces, [SEP]."""
    return {
        "version": "1.0",
        "truncation": None,
        "padding": None,
        "added_tokens": [_added(i, content) for i, content in enumerate(SPECIAL)],
        "normalizer": {
            "type": "BertNormalizer",
            "clean_text": True,
            "handle_chinese_chars": False,
            "strip_accents": False,
            "lowercase": lowercase,
        },
        "pre_tokenizer": {"type": "BertPreTokenizer"},
        "post_processor": _template(),
        "decoder": {"type": "WordPiece", "prefix": "##", "cleanup": True},
        "model": {
            "type": "WordPiece",
            "unk_token": "[UNK]",
            "continuing_subword_prefix": "##",
            "max_input_chars_per_word": LONGEST_WORD,
            "vocab": {piece: i for i, piece in enumerate(pieces)},
        },
    }


def tokenizer_config(positions: int, lowercase: bool) -> Json:
    return {
        "tokenizer_class": "BertTokenizer",
        "model_max_length": positions,
        "do_lower_case": lowercase,
        "strip_accents": False,
        "tokenize_chinese_chars": False,
        "pad_token": "[PAD]",
        "unk_token": "[UNK]",
        "cls_token": "[CLS]",
        "sep_token": "[SEP]",
        "mask_token": "[MASK]",
        "clean_up_tokenization_spaces": True,
    }


def _added(index: int, content: str) -> Json:
    flags = {"single_word": False, "lstrip": False, "rstrip": False, "normalized": False, "special": True}
    return {"id": index, "content": content, **flags}


def _template() -> Json:
    first, end = _token("[CLS]"), _token("[SEP]")
    text, other = ({"Sequence": {"id": name, "type_id": i}} for i, name in enumerate("AB"))
    tokens = {name: {"id": name, "ids": [i], "tokens": [name]} for name, i in (("[CLS]", START), ("[SEP]", END))}
    pair = [first, text, end, other, _token("[SEP]", 1)]
    return {"type": "TemplateProcessing", "single": [first, text, end], "pair": pair, "special_tokens": tokens}


def _token(name: str, kind: int = 0) -> Json:
    return {"SpecialToken": {"id": name, "type_id": kind}}
