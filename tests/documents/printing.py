"""Every declared paper on paper: the PDF of one situation, made once, with what a reader of it sees."""

import dataclasses
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property
from typing import Any

import pypdfium2

from cases.paperwork.catalogue import CasePaper, all_papers, paper_by
from documents import text, wordings
from documents.body import lines
from documents.rendering import render_pdf, sheet
from documents.wording.writing import Phrase, written
from tests.documents import situations
from tests.documents.pdf import MM, Page, missing_glyphs, pages_of

NUMBER, DAY = "集检民支〔2026〕16号", date(2026, 11, 25)
SITUATIONS = ("full", "sparse", "many")
BLOCK_TOP, BLOCK_BOTTOM = 37 * MM, (297 - 35) * MM
LABEL = re.compile(r"\{(?:逐个 |如有 )?([\w.]+)(?:\|\w+)?\}")


@dataclass(frozen=True)
class Printed:
    """One paper in one situation."""

    declared: CasePaper
    facts: Any
    body: str
    pdf: bytes
    missing: tuple[str, ...]

    @cached_property
    def pages(self) -> list[Page]:
        return pages_of(self.pdf)

    @cached_property
    def raw(self) -> str:
        """The text in the order in which it was drawn, without blanks; compatibility characters as they were meant."""
        with pypdfium2.PdfDocument(self.pdf) as file:
            return "".join(squeezed(_drawn(file[n])) for n in range(len(file)))

    @cached_property
    def lines(self) -> list[str]:
        return lines(self.body)

    @property
    def words(self) -> str:
        return wordings.shipped(self.declared.paper.template)

    def text_lines(self, page: Page) -> list[list[Any]]:
        """The lines of the text block: without the page number."""
        return [line for line in page.lines if line[0].baseline < BLOCK_BOTTOM + 1]


def _drawn(page: Any) -> str:
    found = page.get_textpage()
    try:
        return found.get_text_range()
    finally:
        found.close()
        page.close()


@cache
def printed(key: str, situation: str) -> Printed:
    """The paper of this situation, rendered once a process."""
    declared = paper_by(key)
    facts = getattr(situations, situation)(declared.paper.facts)
    words = wordings.shipped(declared.paper.template)
    body = text.stamp(wordings.composed(words, declared.paper.title, facts), NUMBER, DAY)
    with missing_glyphs() as missing:
        pdf = render_pdf(sheet(body, declared.paper.title))
    return Printed(declared, facts, body, pdf, tuple(missing))


def keys() -> list[str]:
    return [declared.key for declared in all_papers()]


def squeezed(said: str) -> str:
    """For comparison: no blanks, and what a PDF reader hands out in another form of the same character as that."""
    return "".join(unicodedata.normalize("NFC", said).replace("\ufffe", "").split())


def values_of(facts: Any, words: str) -> Iterator[tuple[str, str]]:
    """(label, as written) of every fact that the wording names, rows of it included."""
    named = {part for path in LABEL.findall(words) for part in path.split(".")}
    for field in dataclasses.fields(facts):
        label, value = field.metadata["label"], getattr(facts, field.name)
        if label not in named or field.name == "office":
            continue
        if isinstance(value, tuple) and value and dataclasses.is_dataclass(value[0]):
            for row in value:
                yield from _of_row(label, row, named)
        elif isinstance(value, tuple):
            yield from ((label, each) for each in value)
        elif not isinstance(value, bool):
            yield label, written(value)


def _of_row(label: str, row: Any, named: set[str]) -> Iterator[tuple[str, str]]:
    for field in dataclasses.fields(row):
        value, part = getattr(row, field.name), field.metadata["label"]
        described = "描述" in named and part in str(getattr(row, "described", Phrase(())))
        if (part in named or described) and not isinstance(value, bool):
            yield f"{label}.{part}", written(value)
