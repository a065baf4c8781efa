"""Flush lines of Chinese text (两端对齐): WeasyPrint stretches only blanks, of which Chinese has none.

`install()` replaces two inner functions of WeasyPrint 70. The geometry is tested on the PDF
(tests/documents/test_geometry.py); after an upgrade run that test, then raise `WRITTEN_FOR`.
"""

import unicodedata
from typing import Any

import weasyprint
from weasyprint.formatting_structure import boxes
from weasyprint.layout import inline
from weasyprint.pdf.stream import Stream
from weasyprint.text.line_break import create_layout, line_size

WRITTEN_FOR = "70."
LARGEST_GAP = 0.25  # em; a line that needs more is left ragged rather than torn apart
_stretch_blanks = inline.justify_line
_show_text = Stream.show_text


def install() -> None:
    if not weasyprint.__version__.startswith(WRITTEN_FOR):
        raise RuntimeError(
            f"documents/justify.py 只在 WeasyPrint {WRITTEN_FOR}x 上验证过，请先运行版面测试。"
        )
    inline.justify_line = justify_line
    Stream.show_text = show_text


def justify_line(context: Any, line: Any, extra_width: float) -> None:
    """Spread what is missing over all characters when at least half of the line is wide characters."""
    texts = list(_texts(line))
    letters = sum(len(box.text) for box in texts)
    wide = sum(unicodedata.east_asian_width(char) in "WF" for box in texts for char in box.text)
    if letters < 2 or wide * 2 < letters:
        _stretch_blanks(context, line, extra_width)
        return
    # How much a line gains for a gap is measured, not counted: marks take none, changes of face differ.
    trial = extra_width / letters
    gained = sum(_widened(context, box, trial)[2] - box.width for box in texts) / trial
    # the last character needs no gap behind it, nor the spacing that its width contains
    gap = (extra_width + _spacing(texts[-1].style)) / (gained - 1) if gained > 1 else 0
    if gap <= LARGEST_GAP * line.style["font_size"]:
        _spread(context, line, gap, 0)


def show_text(stream: Stream, text: str) -> None:
    """Write glyphs and gaps without empty strings: PDFium (Chrome, WPS) drops the gap after a run that has one."""
    _show_text(stream, text.replace("<>", " "))


def _texts(box: Any) -> Any:
    if isinstance(box, boxes.TextBox):
        yield box
    elif isinstance(box, boxes.LineBox | boxes.InlineBox):
        for child in box.children:
            yield from _texts(child)


def _widened(context: Any, box: Any, gap: float) -> tuple[Any, Any, float]:
    """Style, layout and width of a text with `gap` more between its characters."""
    style = box.style.copy()
    style["letter_spacing"] = _spacing(style) + gap
    layout = create_layout(box.text, style, context, max_width=None, justification_spacing=0)
    first_line, _ = layout.get_first_line()
    return style, layout, line_size(first_line, style)[0]


def _spacing(style: Any) -> float:
    spacing = style["letter_spacing"]
    return 0 if spacing == "normal" else spacing


def _spread(context: Any, box: Any, gap: float, shift: float) -> float:
    """Move the box by `shift`, widen its text by `gap` a character; the shift for what follows."""
    if isinstance(box, boxes.TextBox):
        box.position_x += shift
        box.style, box.pango_layout, width = _widened(context, box, gap)
        box.pango_layout.deactivate()
        shift += width - box.width
        box.width = width
        return shift
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
