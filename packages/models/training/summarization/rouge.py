"""ROUGE-L (Lin 2004) to choose a checkpoint by. Reported figures come from @bifocal/evaluation."""

import re
from typing import List, Sequence

WORD = re.compile(r"[a-z0-9]+")


def words(text: str) -> List[str]:
    return WORD.findall(text.lower())


def longest_common(a: Sequence[str], b: Sequence[str]) -> int:
    """The length of the longest common subsequence."""
    row = [0] * (len(b) + 1)
    for word in a:
        before = 0
        for j, other in enumerate(b, 1):
            before, row[j] = row[j], before + 1 if word == other else max(row[j], row[j - 1])
    return row[-1]


def rouge_l(summary: str, reference: str) -> float:
    """F1, from 0 to 1."""
    a, b = words(summary), words(reference)
    return 2 * longest_common(a, b) / (len(a) + len(b)) if a and b else 0.0


def best_rouge_l(summary: str, references: Sequence[str]) -> float:
    return max(rouge_l(summary, reference) for reference in references)
