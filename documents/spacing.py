"""行距 of a paper: 22 lines a page, closer where a line or two with the seal would else have a page to themselves."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from weasyprint.formatting_structure import boxes

PIXEL = 0.75  # points
FEW = 7  # lines, the two for the seal among them: so little of a last page is worth bringing back


@dataclass(frozen=True)
class Setting:
    """How many lines a page has; `close` also takes from the room around the number and for the seal, of which a
    seal of 42 mm over issuer and date leaves a line to the text (GB/T 9704: 一行之内).
    """

    lines: int
    close: bool

    @property
    def pitch(self) -> float:
        """Points from line to line: 22 lines and a hair in 225 mm."""
        return round(637 / self.lines, 2)

    @property
    def seal(self) -> float:
        """Points above the issuer."""
        return self.pitch * (1.15 if self.close else 2)

    @property
    def gap(self) -> float:
        """Points above and below the number."""
        return self.pitch * (0.4 if self.close else 1)

    def of(self, rules: str) -> str:
        """The style sheet set like this: whatever paper.css tells in lines."""
        if self == USUAL:
            return rules
        told = {
            "margin: 28.95pt 0": f"margin: {self.gap:.2f}pt 0",
            "57.9pt": f"{self.seal:.2f}pt",
            "28.95pt": f"{self.pitch}pt",
            "14.475pt": f"{self.gap / 2:.2f}pt",
        }
        for usual, closer in told.items():
            rules = rules.replace(usual, closer)
        return rules

    def gains(self, pages: int) -> float:
        """About how many lines are won on so many pages."""
        return (self.lines - USUAL.lines) * pages + (2 if self.close else 0)


USUAL = Setting(22, close=False)
SETTINGS = (USUAL, *(Setting(lines, close=True) for lines in (22, 23, 24, 25)))


def closer(pages: Sequence[Any]) -> Iterator[Setting]:
    """Settings worth a try, the least change first, where the text, annexes apart, ends in a few lines on a page
    of their own.
    """
    text = _before_annexes(pages)
    left = _filled(text[-1]) / USUAL.pitch if len(text) > 1 else FEW + 1
    if left <= FEW:
        yield from (each for each in SETTINGS[1:] if each.gains(len(text) - 1) >= left - 2)


def _before_annexes(pages: Sequence[Any]) -> Sequence[Any]:
    for n, page in enumerate(pages):
        if any(_is_annex(box) for box in page._page_box.descendants()):
            return pages[:n]
    return pages


def _is_annex(box: Any) -> bool:
    return box.element is not None and "annex" in (box.element.get("class") or "").split()


def _filled(page: Any) -> float:
    """How far down the text block the last line stands, in points."""
    top = page._page_box.content_box_y()
    bottoms = [box.position_y + box.height for box in _lines(page._page_box)]
    return (max(bottoms, default=top) - top) * PIXEL


def _lines(page: Any) -> Iterator[Any]:
    for box in page.children:
        if not isinstance(box, boxes.MarginBox):
            yield from (each for each in box.descendants() if isinstance(each, boxes.LineBox))
