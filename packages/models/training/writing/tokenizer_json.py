"""The vocabulary in the form that the Hub's tokenizers read."""

from typing import Any, Dict, List

from byte_pairs import END, BytePairs

Json = Dict[str, Any]

END_TOKEN = "<|endoftext|>"

# The pattern of `byte_pairs.WORDS` in the terms of Unicode: Python's letters are those and the numbers without digits.
LETTERS = r"[\p{L}\p{Nl}\p{No}]"
WORDS = (
    rf"’(?:s|t|re|ve|m|ll|d)(?!{LETTERS})| ?{LETTERS}+| ?\p{{Nd}}| ?[^\s\p{{L}}\p{{N}}]+|\s+(?!\S)|\s+"
)


def byte_signs() -> List[str]:
    """A visible sign for each byte, as GPT-2 has them: its own where it is one, else one from U+0100 on."""
    own = [*range(ord("!"), ord("~") + 1), *range(ord("¡"), ord("¬") + 1), *range(ord("®"), ord("ÿ") + 1)]
    others = [byte for byte in range(256) if byte not in own]
    return [chr(byte if byte in own else 256 + others.index(byte)) for byte in range(256)]


def tokenizer_json(pieces: BytePairs) -> Json:
    """Byte pairs within words; a text becomes the end token and its pieces."""
    signs = byte_signs()
    names = [END_TOKEN, *("".join(signs[byte] for byte in piece) for piece in pieces.bytes[1:])]
    flags = {"single_word": False, "lstrip": False, "rstrip": False, "normalized": False, "special": True}
    split = {"type": "Split", "pattern": {"Regex": WORDS}, "behavior": "Isolated", "invert": False}
    level = {"type": "ByteLevel", "add_prefix_space": False, "trim_offsets": True, "use_regex": False}
    first, text, second = _token(END_TOKEN), *({"Sequence": {"id": name, "type_id": 0}} for name in "AB")
    return {
        "version": "1.0",
        "truncation": None,
        "padding": None,
        "added_tokens": [{"id": END, "content": END_TOKEN, **flags}],
        "normalizer": None,
        "pre_tokenizer": {"type": "Sequence", "pretokenizers": [split, level]},
        "post_processor": {
            "type": "TemplateProcessing",
            "single": [first, text],
            "pair": [first, text, second],
            "special_tokens": {END_TOKEN: {"id": END_TOKEN, "ids": [END], "tokens": [END_TOKEN]}},
        },
        "decoder": level,
        "model": {
            "type": "BPE",
            "dropout": None,
            "unk_token": None,
            "continuing_subword_prefix": None,
            "end_of_word_suffix": None,
            "fuse_unk": False,
            "byte_fallback": False,
            "vocab": {name: i for i, name in enumerate(names)},
            "merges": [f"{names[one]} {names[other]}" for one, other in pieces.merges],
        },
    }


def tokenizer_config(positions: int) -> Json:
    tokens = {f"{name}_token": END_TOKEN for name in ("bos", "eos", "unk", "pad")}
    return {
        "tokenizer_class": "GPT2Tokenizer",
        "model_max_length": positions,
        "add_prefix_space": False,
        "add_bos_token": True,
        "clean_up_tokenization_spaces": False,
        **tokens,
    }


def _token(name: str) -> Json:
    return {"SpecialToken": {"id": name, "type_id": 0}}
