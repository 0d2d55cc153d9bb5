"""The vocabulary in the form that the Hub's tokenizers read."""

from typing import Any, Dict

from vocabulary import LANGUAGES, UNKNOWN

Json = Dict[str, Any]


def tokenizer_json(pieces) -> Json:
    """Unigram over pieces that start with ▁ where a word starts; a text becomes language, pieces, end."""
    size = pieces.get_piece_size()
    special = [i for i in range(size) if pieces.is_control(i) or pieces.is_unknown(i)]
    return {
        "version": "1.0",
        "truncation": None,
        "padding": None,
        "added_tokens": [_added(i, pieces.id_to_piece(i)) for i in special],
        "normalizer": _normalizer(),
        "pre_tokenizer": _metaspace(),
        "post_processor": _template(pieces),
        "decoder": _metaspace(),
        "model": {
            "type": "Unigram",
            "unk_id": UNKNOWN,
            "vocab": [[pieces.id_to_piece(i), pieces.get_score(i)] for i in range(size)],
            "byte_fallback": False,
        },
    }


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


def _added(index: int, content: str) -> Json:
    flags = {"single_word": False, "lstrip": False, "rstrip": False, "normalized": False, "special": True}
    return {"id": index, "content": content, **flags}


def _normalizer() -> Json:
    """The steps of `pairs.clean`."""
    replace = [("[\u00ad\u200b]", ""), ("\u2019", "'"), ("\\s+", " ")]
    steps = [{"type": "Replace", "pattern": {"Regex": regex}, "content": content} for regex, content in replace]
    return {"type": "Sequence", "normalizers": [*steps, {"type": "Strip", "strip_left": True, "strip_right": True}]}


def _metaspace() -> Json:
    return {"type": "Metaspace", "replacement": "▁", "add_prefix_space": True, "prepend_scheme": "always"}


def _template(pieces) -> Json:
    """`translation` replaces the first token by that of the language asked for."""
    first, text, end = _token(LANGUAGES[0]), {"Sequence": {"id": "A", "type_id": 0}}, _token("</s>")
    tokens = {name: {"id": name, "ids": [pieces.piece_to_id(name)], "tokens": [name]} for name in (*LANGUAGES, "</s>")}
    pair = [first, text, {"Sequence": {"id": "B", "type_id": 0}}, end]
    return {"type": "TemplateProcessing", "single": [first, text, end], "pair": pair, "special_tokens": tokens}


def _token(name: str) -> Json:
    return {"SpecialToken": {"id": name, "type_id": 0}}
