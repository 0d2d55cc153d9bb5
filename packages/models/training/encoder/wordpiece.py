"""Words cut into pieces as BERT does: the longest piece that fits, from the left; `##` marks those within a word."""

import re
import tempfile
import unicodedata
from collections import Counter
from pathlib import Path
from typing import Dict, Iterable, List, Sequence

import sentencepiece

PAD, UNKNOWN, START, END, MASK = range(5)
SPECIAL = ("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]")

LONGEST_WORD = 100
PUNCTUATION = "!-/:-@\\[-`{-~" + re.escape(
    "".join(chr(c) for c in range(0x80, 0x11000) if unicodedata.category(chr(c))[0] == "P")
)
WORD = re.compile(f"[{PUNCTUATION}]|[^\\s{PUNCTUATION}]+")
INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2028-\u202e\u2060\ufeff\ufffd\u0000-\u0008\u000e-\u001f\u007f-\u009f]")


def words_of(text: str) -> List[str]:
    """Words and single marks of punctuation, as BertNormalizer (cased) and BertPreTokenizer give them."""
    return WORD.findall(INVISIBLE.sub("", text))


def learn_pieces(documents: Iterable[Sequence[str]], size: int, rarest: int) -> List[str]:
    """Pieces of words that stand in at least `rarest` documents and hold no digit, and every frequent character.

    Merges are byte-pair encoding's (sentencepiece); only the resulting pieces are kept.
    """
    counts, spread, characters = Counter(), Counter(), Counter()
    for document in documents:
        words = Counter(word for line in document for word in words_of(line))
        counts.update(words)
        spread.update(words.keys())
    for word, count in counts.items():
        characters.update({c: count for c in word})
    known = sorted(c for c, count in characters.items() if count >= 100 and c != "\u2581")
    frequent = {w: n for w, n in counts.items() if spread[w] >= rarest and w.isalpha() and set(w) <= set(known)}
    alphabet = [*known, *(f"##{c}" for c in known if c.isalnum())]
    return [*SPECIAL, *alphabet, *_merged(frequent, set(alphabet), size - len(SPECIAL) - len(alphabet))]


def _merged(counts: Dict[str, int], alphabet: set, size: int) -> List[str]:
    """The first `size` merges."""
    with tempfile.TemporaryDirectory() as name:
        table, model = Path(name) / "words.tsv", Path(name) / "model"
        table.write_text("".join(f"{w}\t{n}\n" for w, n in counts.items()), encoding="utf-8")
        sentencepiece.SentencePieceTrainer.train(
            input=str(table),
            input_format="tsv",
            model_prefix=str(model),
            model_type="bpe",
            vocab_size=size + len(alphabet) + 10,
            normalization_rule_name="identity",
            character_coverage=1.0,
            hard_vocab_limit=False,
            num_threads=1,
            minloglevel=2,
        )
        learned = sentencepiece.SentencePieceProcessor(model_file=f"{model}.model")
    pieces = (learned.id_to_piece(i) for i in range(3, learned.get_piece_size()))
    named = (piece[1:] if piece.startswith("\u2581") else f"##{piece}" for piece in pieces)
    return [piece for piece in named if piece and piece not in alphabet][:size]


class WordPieces:
    """Cuts words into ids of pieces. Holds what it has cut."""

    def __init__(self, pieces: Sequence[str], lowercase: bool = False):
        self.pieces, self.lowercase = list(pieces), lowercase
        self.ids = {piece: i for i, piece in enumerate(pieces)}
        self.longest = max(map(len, pieces))
        self.cut: Dict[str, List[int]] = {}

    def encode_word(self, word: str) -> List[int]:
        if word not in self.cut:
            self.cut[word] = self._cut(word.lower() if self.lowercase else word)
        return self.cut[word]

    def encode(self, text: str) -> List[List[int]]:
        """The pieces of each word."""
        return [self.encode_word(word) for word in words_of(text)]

    def _cut(self, word: str) -> List[int]:
        ids: List[int] = []
        start = 0
        while start < len(word) <= LONGEST_WORD:
            prefix = "##" if start else ""
            ends = range(min(len(word), start + self.longest), start, -1)
            end = next((end for end in ends if prefix + word[start:end] in self.ids), None)
            if end is None:
                return [UNKNOWN]
            ids.append(self.ids[prefix + word[start:end]])
            start = end
        return ids or [UNKNOWN]


def load_pieces(file: Path, documents: Iterable[Sequence[str]], size: int, rarest: int = 5) -> List[str]:
    """The pieces in `file`, a line each, learned from the documents where there is none yet."""
    if not file.exists():
        partial = file.with_suffix(".partial")
        partial.write_text("\n".join(learn_pieces(documents, size, rarest)) + "\n", encoding="utf-8")
        partial.replace(file)
    return read_pieces(file)


def read_pieces(file: Path) -> List[str]:
    return file.read_text(encoding="utf-8").rstrip("\n").split("\n")
