"""A vocabulary of pieces: sentencepiece, unigram (Kudo 2018)."""

import io
import threading
from pathlib import Path
from typing import List, Sequence

import sentencepiece

START, PAD, END, UNKNOWN = range(4)  # a model's own signs follow


def train_vocabulary(texts: Sequence[str], size: int, signs: Sequence[str] = ()) -> bytes:
    """A sentencepiece model with `signs` that no text has. Texts are cleaned already, so it normalizes nothing."""
    model = io.BytesIO()
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(texts),
        model_writer=model,
        model_type="unigram",
        vocab_size=size,
        normalization_rule_name="identity",
        character_coverage=0.9999,
        bos_id=START,
        pad_id=PAD,
        eos_id=END,
        unk_id=UNKNOWN,
        control_symbols=list(signs),
        num_threads=1,
        minloglevel=2,
    )
    return model.getvalue()


def load_vocabulary(
    file: Path, texts: Sequence[str], size: int, signs: Sequence[str] = ()
) -> sentencepiece.SentencePieceProcessor:
    """The vocabulary in `file`, learned from `texts` where there is none yet."""
    if not file.exists():
        partial = file.with_suffix(".partial")
        partial.write_bytes(train_vocabulary(texts, size, signs))
        partial.replace(file)
    return sentencepiece.SentencePieceProcessor(model_proto=file.read_bytes())


def encode(pieces, texts: Sequence[str]) -> List[List[int]]:
    """The likeliest segmentation, as at inference."""
    return pieces.encode(list(texts))


def encode_sampled(pieces, texts: Sequence[str], alpha: float, seed: int) -> List[List[int]]:
    """A random segmentation of each text (subword regularization); the same for the same seed.

    sentencepiece reads its seed once for each thread, hence the thread.
    """
    result: List[List[int]] = []

    def sample() -> None:
        sentencepiece.set_random_generator_seed(seed)
        result.extend(pieces.encode(list(texts), enable_sampling=True, nbest_size=-1, alpha=alpha, num_threads=1))

    thread = threading.Thread(target=sample)
    thread.start()
    thread.join()
    return result
