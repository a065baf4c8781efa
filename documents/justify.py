"""Flush lines of Chinese text (两端对齐): WeasyPrint stretches only blanks, of which Chinese has none.

`install()` replaces one inner function of WeasyPrint 70. The geometry is tested on the PDF
(tests/documents/test_geometry.py); after an upgrade run that test, then raise `WRITTEN_FOR`.
"""

import unicodedata
from typing import Any

import weasyprint
from weasyprint.formatting_structure import boxes
from weasyprint.layout import inline
from weasyprint.text.line_break import create_layout

WRITTEN_FOR = "70."
LARGEST_GAP = 0.25  # em; a line that needs more is left ragged rather than torn apart
_stretch_blanks = inline.justify_line


def install() -> None:
    if not weasyprint.__version__.startswith(WRITTEN_FOR):
        raise RuntimeError(
            f"documents/justify.py 只在 WeasyPrint {WRITTEN_FOR}x 上验证过，请先运行版面测试。"
        )
    inline.justify_line = justify_line


def justify_line(context: Any, line: Any, extra_width: float) -> None:
    """Spread what is missing over all characters when at least half of the line is wide characters."""
    texts = list(_texts(line))
    letters = sum(_count(box.text) for box in texts)
    wide = sum(unicodedata.east_asian_width(char) in "WF" for box in texts for char in box.text)
    if letters < 2 or wide * 2 < letters:
        _stretch_blanks(context, line, extra_width)
        return
    gap = extra_width / letters  # as WeasyPrint counts: each character brings its own spacing
    if gap <= LARGEST_GAP * line.style["font_size"]:
        _spread(context, line, gap, 0)


def _texts(box: Any) -> Any:
    if isinstance(box, boxes.TextBox):
        yield box
    elif isinstance(box, boxes.LineBox | boxes.InlineBox):
        for child in box.children:
            yield from _texts(child)


def _count(text: str) -> int:
    """Characters that take room: marks and selectors ride on the one before."""
    return sum(unicodedata.category(char) not in {"Mn", "Me", "Cf"} for char in text)


def _spread(context: Any, box: Any, gap: float, shift: float) -> float:
    """Move the box by `shift`, widen its text by `gap` a character; the shift for what follows."""
    if isinstance(box, boxes.TextBox):
        box.position_x += shift
        spacing = box.style["letter_spacing"]
        box.style = box.style.copy()
        box.style["letter_spacing"] = gap + (0 if spacing == "normal" else spacing)
        layout = create_layout(box.text, box.style, context, max_width=None, justification_spacing=0)
        layout.deactivate()
        box.pango_layout = layout
        wider = gap * _count(box.text)
        box.width += wider
        return shift + wider
    if isinstance(box, boxes.LineBox | boxes.InlineBox):
        box.position_x += shift
        before = shift
        for child in box.children:
            if child.is_in_normal_flow():
                shift = _spread(context, child, gap, shift)
        box.width += shift - before
        return shift
    box.translate(shift, 0)
    return shift
