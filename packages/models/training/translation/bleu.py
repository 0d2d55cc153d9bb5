"""Corpus BLEU (Papineni et al. 2002) to choose a checkpoint by. Reported figures come from @bifocal/evaluation."""

import math
import re
from collections import Counter
from typing import Counter as Counts
from typing import List, Sequence, Tuple

PUNCTUATION = re.compile(r"([{-~\[-` -&(-+:-@/])|(?<![0-9])([.,])|([.,])(?![0-9])|(?<=[0-9])(-)")


def tokenize(text: str) -> List[str]:
    """Close to mteval 13a: ASCII punctuation apart, save within numbers."""
    return PUNCTUATION.sub(lambda found: f" {found.group()} ", text).split()


def ngrams(tokens: Sequence[str]) -> Counts[Tuple[str, ...]]:
    return Counter(tuple(tokens[i : i + n]) for n in range(1, 5) for i in range(len(tokens) - n + 1))


def corpus_bleu(hypotheses: Sequence[str], references: Sequence[str]) -> float:
    """From 0 to 100, one reference each, cased, up to four tokens, no smoothing."""
    matched, proposed = [0] * 4, [0] * 4
    lengths = [0, 0]
    for hypothesis, reference in zip(map(tokenize, hypotheses), map(tokenize, references)):
        lengths = [lengths[0] + len(hypothesis), lengths[1] + len(reference)]
        wanted = ngrams(reference)
        for gram, count in ngrams(hypothesis).items():
            proposed[len(gram) - 1] += count
            matched[len(gram) - 1] += min(count, wanted[gram])
    if 0 in matched:
        return 0.0
    brevity = min(0.0, 1 - lengths[1] / lengths[0])
    return 100 * math.exp(brevity + sum(math.log(m / p) for m, p in zip(matched, proposed)) / 4)
