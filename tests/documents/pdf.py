"""What a PDF says: text by line with its place (points from the top left), pages, missing glyphs."""

import ctypes
import logging
from contextlib import contextmanager
from dataclasses import dataclass

import pypdfium2

MM = 72 / 25.4


@dataclass
class Glyph:
    char: str
    left: float
    baseline: float
    size: float
    middle: float  # of its ink


@dataclass
class Page:
    width: float
    height: float
    lines: list[list[Glyph]]

    @property
    def texts(self) -> list[str]:
        """The lines; pdfium hands out characters beyond U+FFFF in two halves."""
        halves = ["".join(glyph.char for glyph in line) for line in self.lines]
        return [line.encode("utf-16", "surrogatepass").decode("utf-16") for line in halves]


def pages_of(pdf: bytes) -> list[Page]:
    with pypdfium2.PdfDocument(pdf) as document:
        return [_page(document[n]) for n in range(len(document))]


def _page(page: pypdfium2.PdfPage) -> Page:
    text = page.get_textpage()
    width, height = page.get_size()
    lines: dict[int, list[Glyph]] = {}
    for n in range(text.count_chars()):
        char = chr(pypdfium2.raw.FPDFText_GetUnicode(text, n))
        if char.isspace():
            continue
        glyph = _glyph(text, n, char, height)
        key = next((known for known in lines if abs(known - glyph.baseline) < 4), round(glyph.baseline))
        lines.setdefault(key, []).append(glyph)
    text.close()
    page.close()
    return Page(width, height, [lines[key] for key in sorted(lines)])


def _glyph(text: pypdfium2.PdfTextPage, n: int, char: str, height: float) -> Glyph:
    x, y = _origin(text, n)
    _, ink_bottom, _, ink_top = text.get_charbox(n)
    size = round(pypdfium2.raw.FPDFText_GetFontSize(text, n) * 0.75, 1)  # WeasyPrint draws in CSS pixels
    return Glyph(char, x, height - y, size, height - (ink_bottom + ink_top) / 2)


def _origin(text: pypdfium2.PdfTextPage, n: int) -> tuple[float, float]:
    x, y = pypdfium2.raw.c_double(), pypdfium2.raw.c_double()
    pypdfium2.raw.FPDFText_GetCharOrigin(text, n, x, y)
    return x.value, y.value


@contextmanager
def missing_glyphs():
    """The characters for which no face had a glyph, as WeasyPrint reports them."""
    missing: list[str] = []

    class Ear(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            if "notdef" in record.getMessage():
                missing.append(record.getMessage().rsplit(": ", 1)[-1])

    logger, ear = logging.getLogger("weasyprint"), Ear()
    level = logger.level
    logger.addHandler(ear)
    logger.setLevel(logging.WARNING)
    try:
        yield missing
    finally:
        logger.removeHandler(ear)
        logger.setLevel(level)


def faces_of(pdf: bytes) -> list[tuple[str, str]]:
    """(character, name of its face) in the order of drawing, blanks left out."""
    found: list[tuple[str, str]] = []
    with pypdfium2.PdfDocument(pdf) as document:
        for number in range(len(document)):
            page = document[number]
            text = page.get_textpage()
            for n in range(text.count_chars()):
                char = chr(pypdfium2.raw.FPDFText_GetUnicode(text, n))
                if not char.isspace():
                    found.append((char, _face(text, n)))
            text.close()
            page.close()
    return found


def _face(text: pypdfium2.PdfTextPage, n: int) -> str:
    buffer, flags = ctypes.create_string_buffer(128), ctypes.c_int()
    pypdfium2.raw.FPDFText_GetFontInfo(text, n, buffer, 128, flags)
    return buffer.value.decode("utf-8", "replace")
