"""A unigram vocabulary in the form that the Hub's tokenizers read."""

from typing import Any, Dict, Sequence

from .vocabulary import UNKNOWN

Json = Dict[str, Any]


def unigram_json(pieces, post_processor: Json) -> Json:
    """Pieces start with ▁ where a word starts; `post_processor` puts the signs around a text."""
    size = pieces.get_piece_size()
    special = [i for i in range(size) if pieces.is_control(i) or pieces.is_unknown(i)]
    return {
        "version": "1.0",
        "truncation": None,
        "padding": None,
        "added_tokens": [_added(i, pieces.id_to_piece(i)) for i in special],
        "normalizer": _normalizer(),
        "pre_tokenizer": _metaspace(),
        "post_processor": post_processor,
        "decoder": _metaspace(),
        "model": {
            "type": "Unigram",
            "unk_id": UNKNOWN,
            "vocab": [[pieces.id_to_piece(i), pieces.get_score(i)] for i in range(size)],
            "byte_fallback": False,
        },
    }


def _added(index: int, content: str) -> Json:
    flags = {"single_word": False, "lstrip": False, "rstrip": False, "normalized": False, "special": True}
    return {"id": index, "content": content, **flags}


def _normalizer() -> Json:
    """The steps of `texts.clean`."""
    replace = [("[\u00ad\u200b]", ""), ("\u2019", "'"), ("\\s+", " ")]
    steps = [{"type": "Replace", "pattern": {"Regex": regex}, "content": content} for regex, content in replace]
    return {"type": "Sequence", "normalizers": [*steps, {"type": "Strip", "strip_left": True, "strip_right": True}]}


def _metaspace() -> Json:
    return {"type": "Metaspace", "replacement": "▁", "add_prefix_space": True, "prepend_scheme": "always"}


def sign(name: str) -> Json:
    return {"SpecialToken": {"id": name, "type_id": 0}}


def text(side: str) -> Json:
    """"A" is the text, "B" one that may come with it."""
    return {"Sequence": {"id": side, "type_id": 0}}


def template(pieces, single: Sequence[Json], pair: Sequence[Json], signs: Sequence[str]) -> Json:
    tokens = {name: {"id": name, "ids": [pieces.piece_to_id(name)], "tokens": [name]} for name in signs}
    return {"type": "TemplateProcessing", "single": [*single], "pair": [*pair], "special_tokens": tokens}
