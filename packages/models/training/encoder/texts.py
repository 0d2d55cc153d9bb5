"""Running text to learn words from: the train splits, without any text that a measured test holds.

Sets whose licence is share-alike are not among them, so that what starts from the encoder need not be so.
"""

import hashlib
import json
import re
from pathlib import Path
from typing import Callable, Dict, FrozenSet, Iterable, List, Sequence, Tuple

Document = List[str]  # lines or sentences, in order

HELD_OUT_FOLD = 0
SPACES = re.compile(r"\s+")
ADDRESS = re.compile(r"\S*(?:@|://|www\.)\S*")


def read_jsonl(file: Path) -> List[Dict]:
    return [json.loads(line) for line in file.read_text(encoding="utf-8").split("\n") if line]


def read_sentences(file: Path) -> List[Tuple[List[str], List[str]]]:
    """Tokens and tags of each sentence of a .conll file."""
    blocks = file.read_text(encoding="utf-8").strip("\n").split("\n\n")
    rows = [[line.split("\t") for line in block.split("\n") if line] for block in blocks]
    return [([row[0] for row in block], [row[1] for row in block]) for block in rows if block]


def joined(tokens: Sequence[str]) -> str:
    """Tokens as people write them, closely enough: punctuation stands against its word."""
    text = re.sub(r" ([.,;:!?%)\]]|n't|'\w+)(?= |$)", r"\1", " ".join(tokens))
    return re.sub(r"([(\[]) ", r"\1", text)


def digest(text: str) -> bytes:
    """Equal for texts that differ only in case, spaces and punctuation."""
    return hashlib.sha256("".join(c for c in text.casefold() if c.isalnum()).encode()).digest()[:16]


def _texts(file: Path) -> List[Document]:
    return [[item["text"]] for item in read_jsonl(file)]


def _conll(file: Path) -> List[Document]:
    return [[joined(tokens)] for tokens, _ in read_sentences(file)]


def _reviews(file: Path) -> List[Document]:
    return [item["text"].split("\n") for item in read_jsonl(file)]


def _paragraphs(file: Path) -> List[Document]:
    """One document, since the order of its paragraphs is that of a book."""
    return [[paragraph.replace("\n", " ") for paragraph in file.read_text(encoding="utf-8").split("\n\n")]]


def _english(file: Path) -> List[Document]:
    """Each sentence once; pairs of one English sentence follow each other."""
    lines = [line.split("\t")[0] for line in file.read_text(encoding="utf-8").splitlines()]
    return [[line] for line in dict.fromkeys(lines)]


def _posts(file: Path) -> List[Document]:
    """Bodies of posts: no headers, nothing quoted, no tables or pictures made of signs."""
    return [_prose(item["text"].partition("\n\n")[2]) for item in read_jsonl(file)]


def _prose(body: str) -> Document:
    lines = [line for line in body.split("\n") if not re.match(r"\s*[>|:}\]#]|.*\bwrites:|In article", line)]
    text = "\n".join(line for line in lines if not line.strip() or _mostly_words(line))
    return [paragraph.replace("\n", " ") for paragraph in re.split(r"\n\s*\n", text)]


def _mostly_words(line: str) -> bool:
    shown = [c for c in line if not c.isspace()]
    return sum(c.isalpha() for c in shown) > 0.7 * len(shown) and not ADDRESS.search(line)


SOURCES: Dict[str, Tuple[str, Callable[[Path], List[Document]]]] = {
    "rt-polarity": ("rt-polarity/all.jsonl", _texts),
    "subj": ("subj/all.jsonl", _texts),
    "rt-2k": ("rt-2k/all.jsonl", _reviews),
    "sentiment-labelled-sentences": ("sentiment-labelled-sentences/all.jsonl", _texts),
    "sms-spam": ("sms-spam/train.jsonl", _texts),
    "banking77": ("banking77/train.jsonl", _texts),
    "snips": ("snips/train.jsonl", _texts),
    "20newsgroups": ("20newsgroups/train.jsonl", _posts),
    "wnut17": ("wnut17/train.conll", _conll),
    "broad-twitter-corpus": ("broad-twitter-corpus/train.conll", _conll),
    "tatoeba-en-fr": ("tatoeba-en-fr/train.tsv", _english),
    "war-and-peace": ("war-and-peace/train.txt", _paragraphs),
}

REPEATED = {"rt-polarity": 3, "subj": 2, "sentiment-labelled-sentences": 3}  # times a pass, being close to the tasks

HELD_OUT: Dict[str, Callable[[Path], List[Document]]] = {
    "sms-spam/test.jsonl": _texts,
    "banking77/test.jsonl": _texts,
    "snips/test.jsonl": _texts,
    "20newsgroups/test.jsonl": _posts,
    "uner-en-ewt/dev.conll": _conll,
    "uner-en-ewt/test.conll": _conll,
    "wnut17/test.conll": _conll,
    "broad-twitter-corpus/test.conll": _conll,
    "tatoeba-en-fr/test.tsv": _english,
    "war-and-peace/test.txt": _paragraphs,
}


def held_out(data: Path) -> FrozenSet[bytes]:
    """Digests of the lines of every test: training sees these, never the tests themselves."""
    folds = [item["text"] for item in read_jsonl(data / "rt-polarity/all.jsonl") if item["fold"] == HELD_OUT_FOLD]
    documents = [document for name, read in HELD_OUT.items() for document in read(data / name)]
    return frozenset(map(digest, [*folds, *(line for document in documents for line in document)]))


def training_texts(data: Path) -> Dict[str, List[Document]]:
    """By the name of the set: documents of lines that stand in no test, with plain spaces and no addresses."""
    seen = held_out(data)
    return {name: list(_allowed(read(data / file), seen)) for name, (file, read) in SOURCES.items()}


def _allowed(documents: Iterable[Document], seen: FrozenSet[bytes]) -> Iterable[Document]:
    for document in documents:
        lines = [SPACES.sub(" ", ADDRESS.sub("", line)).strip() for line in document if digest(line) not in seen]
        if any(lines):
            yield [line for line in lines if line]
