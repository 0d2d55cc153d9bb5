"""The paragraphs of War and Peace, cut as `recipes/running-texts.ts` cuts them."""

import re
from pathlib import Path
from typing import List

HEADING = re.compile("^(CHAPTER|BOOK|FIRST|SECOND|CONTENTS|WAR AND PEACE|\\*)")
LICENCE = re.compile("Project Gutenberg|General Terms of Use")
SENTENCE_END = re.compile("[.!?:”)]$")


def read_novel(file: Path) -> List[str]:
    """A paragraph a text, on one line, without front matter, headings, footnotes and the licence at the end.

    The file has no blank lines, so a paragraph ends with a short line that ends a sentence, or before a line that
    begins a speech.
    """
    lines = file.read_text(encoding="utf-8").split("\n")
    start = next(i for i, line in enumerate(lines) if HEADING.match(line))
    end = next((i for i, line in enumerate(lines) if i > len(lines) / 2 and LICENCE.search(line)), None)
    body = [line for line in lines[start:end] if line and not HEADING.match(line)]
    paragraphs: List[List[str]] = [[]]
    for line, following in zip(body, [*body[1:], ""]):
        paragraphs[-1].append(line)
        if SENTENCE_END.search(line) and (len(line) < 60 or following.startswith("“")):
            paragraphs.append([])
    return [" ".join(lines) for lines in paragraphs if lines]
