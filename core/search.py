"""Search terms for a `tsvector`: one- and two-character pieces, pinyin in all readings, tails of numbers.

Terms hold only letters and digits, so `terms(...)::tsvector` needs no parser and no extension. Never pass
ID numbers, phones or cards: those are found by their blind index alone.
"""

import re
from collections.abc import Iterator
from itertools import islice, pairwise, product

from pypinyin import Style, pinyin

from core.text import HAN, WIDE_TO_ASCII, tidy

RUN = re.compile(rf"(?P<han>[{HAN}]+)|(?P<word>[a-z]+)|(?P<number>[0-9]+)")
MOST_READINGS = 16
LONGEST_SPELT = 8


def terms(*texts: str) -> str:
    """All terms of a row's texts, each once, separated by blanks."""
    found: dict[str, None] = {}
    for text in texts:
        for term in _terms(text):
            found.setdefault(term)
    return " ".join(found)


def lookup(text: str) -> str:
    """What a person typed as a raw tsquery: every piece must be there, letters may be cut short."""
    pieces: dict[str, None] = {}
    for kind, run in _runs(text):
        if kind == "han":
            wanted = ["".join(pair) for pair in pairwise(run)] or [run]
        else:
            wanted = [f"{run}:*"] if kind == "word" else [run]
        pieces.update(dict.fromkeys(wanted))
    return " & ".join(pieces)


def _runs(text: str) -> Iterator[tuple[str, str]]:
    for match in RUN.finditer(tidy(text).translate(WIDE_TO_ASCII).lower()):
        yield str(match.lastgroup), match.group()


def _terms(text: str) -> Iterator[str]:
    for kind, run in _runs(text):
        match kind:
            case "han":
                yield from run
                yield from ("".join(pair) for pair in pairwise(run))
                yield from _spellings(run)
            case "number":
                yield from (run, run[-4:], run.lstrip("0") or "0")
            case _:
                yield run


def _spellings(run: str) -> Iterator[str]:
    """Pinyin of a name or a short title: whole, initials, and each syllable; 曾 as ceng and zeng."""
    if len(run) > LONGEST_SPELT:
        return
    readings = [
        sorted(set(each)) for each in pinyin(run, style=Style.NORMAL, heteronym=True, errors="ignore")
    ]
    for spelt in islice(product(*readings), MOST_READINGS):
        yield "".join(spelt)
        yield "".join(syllable[0] for syllable in spelt if syllable)
    yield from (syllable for each in readings for syllable in each)
