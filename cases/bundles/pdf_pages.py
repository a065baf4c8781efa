"""PDF 页面: whatever was handed in becomes plain pages on A4. What runs, sends or hides does not come along.

A page is drawn as a picture of itself (form XObject) on a new sheet: actions, links, forms and attached files hang on
the old page and stay there. What a content stream could still point to is taken off, and the result is looked at again.
"""

import io
from collections.abc import Sequence
from pathlib import Path
from typing import BinaryIO

import pikepdf
from pikepdf import Dictionary, Name, OutlineItem, Page, Pdf, Rectangle, Stream
from PIL import Image, ImageOps

from documents.pdf_files import holds_active_parts

A4 = (595.276, 841.89)
MARGIN = 42.5  # points around a photograph
DPI = 200
MOST_PIXELS = 60_000_000  # a larger picture that is no JPEG needs more memory than a worker has
# keys of a stream that lead out of the page: to files, to other programs, to what somebody wrote about it
STRAY = (
    "/Ref",
    "/OPI",
    "/AF",
    "/Metadata",
    "/PieceInfo",
    "/F",
    "/FFilter",
    "/FDecodeParms",
    "/StructParents",
)


class NoPages(Exception):
    """What was handed in cannot be shown as pages; the message says why, in words for the file."""


def on_sheets(source: BinaryIO | Path) -> bytes:
    """The pages of a PDF on A4, upright or across as they were. NoPages when it is broken, locked or acts."""
    try:
        with pikepdf.open(source) as pdf:
            if not len(pdf.pages):
                raise NoPages("文件里没有页面。")
            _flatten(pdf)
            with Pdf.new() as out:
                for page in pdf.pages:
                    _draw(out, Page(page))
                plain = _plain(out)
    except pikepdf.PasswordError as error:
        raise NoPages("文件设有密码，打不开。") from error
    except NoPages:
        raise
    except Exception as error:
        # whatever a hostile file makes the library say, the case file goes on without its pages
        raise NoPages("文件已损坏，打不开。") from error
    return plain


def picture_on_sheet(content: BinaryIO, content_type: str) -> bytes:
    """A photograph on A4 with a margin, across when it is wide. NoPages when it is broken or too large."""
    try:
        with Image.open(content) as picture:
            if content_type != "image/jpeg" and picture.width * picture.height > MOST_PIXELS:
                raise NoPages("图片像素过大，没有缩放到页面上。")
            most = int(A4[1] / 72 * DPI)
            picture.thumbnail((most, most))  # a JPEG is read small from the start
            upright = ImageOps.exif_transpose(picture).convert("RGB")
            drawn = io.BytesIO()
            upright.save(drawn, "PDF", resolution=DPI, quality=85)
    except NoPages:
        raise
    except Exception as error:
        raise NoPages("图片已损坏，打不开。") from error
    with pikepdf.open(drawn) as pdf, Pdf.new() as out:
        _draw(out, Page(pdf.pages[0]), margin=MARGIN)
        return _saved(out)


def count(pdf: bytes) -> int:
    with pikepdf.open(io.BytesIO(pdf)) as found:
        return len(found.pages)


def numbered(pdf: bytes, first: int, over: bytes | None = None) -> bytes:
    """页号 at the upper outer corner, as files are numbered: right on odd pages, left on even ones.

    `over` is a page that is laid over each of them.
    """
    with pikepdf.open(io.BytesIO(pdf)) as found:
        font = _font(found)
        for n, page in enumerate(found.pages, start=first):
            _stamp(Page(page), n, font)
        if over:
            _lay_over(found, over)
        return _saved(found)


def marked(pdf: bytes, over: bytes) -> bytes:
    """The mark alone, for pages that are not counted."""
    with pikepdf.open(io.BytesIO(pdf)) as found:
        _lay_over(found, over)
        return _saved(found)


def join(
    parts: Sequence[Path],
    target: Path,
    title: str,
    marks: Sequence[tuple[str, int, int]],
    *,
    is_numbered: bool = False,
) -> int:
    """All parts as one file; `marks` are bookmarks: title, level (0 or 1), page from 0. How many pages.

    `title` is all that the file says about itself. `is_numbered` writes its page numbers on its pages, by which its
    list of contents goes; the parts themselves stay without.
    """
    sources = []
    with Pdf.new() as out:
        font = _font(out)
        try:
            for path in parts:
                sources.append(pikepdf.open(path))
                for page in sources[-1].pages:
                    if "/StructParents" in page:
                        del page["/StructParents"]  # the tree that they point into stays behind
                    out.pages.append(page)
                    if is_numbered:
                        _stamp(Page(out.pages[-1]), len(out.pages), font)
            _bookmark(out, marks)
            out.Root.PageMode = Name.UseOutlines
            out.Root.Lang = pikepdf.String("zh-CN")
            out.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
            out.docinfo["/Title"] = title
            out.save(target, object_stream_mode=pikepdf.ObjectStreamMode.generate)
            return len(out.pages)
        finally:
            for source in sources:
                source.close()


def blank_sheet() -> bytes:
    """An empty page, where the next paper is to begin on a new sheet."""
    with Pdf.new() as out:
        out.add_blank_page(page_size=A4)
        return _saved(out)


def _bookmark(out: Pdf, marks: Sequence[tuple[str, int, int]]) -> None:
    with out.open_outline() as outline:
        for title, level, page in marks:
            item = OutlineItem(title, page)
            (outline.root[-1].children if level and outline.root else outline.root).append(item)


def _flatten(pdf: Pdf) -> None:
    """Stamps, signatures and filled fields become part of the page; where that fails they are left out."""
    for root_key in ("/OpenAction", "/AA", "/Names"):
        if root_key in pdf.Root:
            del pdf.Root[root_key]
    try:
        pdf.generate_appearance_streams()
        pdf.flatten_annotations("all")
    except Exception:
        return


def _draw(out: Pdf, page: Page, margin: float = 0) -> None:
    box = Rectangle(page.trimbox)
    wide = box.width > box.height
    if int(page.obj.get("/Rotate", 0)) % 180:
        wide = not wide
    size = (A4[1], A4[0]) if wide else A4
    sheet = out.add_blank_page(page_size=size)
    sheet.add_overlay(page, Rectangle(margin, margin, size[0] - margin, size[1] - margin))


def _plain(out: Pdf) -> bytes:
    """Without keys that lead out of the page; NoPages when something is left that acts."""
    for found in out.objects:
        if isinstance(found, Stream):
            for key in STRAY:
                if key in found:
                    del found[key]
    plain = _saved(out)
    with pikepdf.open(io.BytesIO(plain)) as again:
        if holds_active_parts(again):
            raise NoPages("文件带有脚本、程序或者内嵌文件，没有装入。")
    return plain


def _font(pdf: Pdf) -> pikepdf.Object:
    return pdf.make_indirect(Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name("/Times-Roman")))


def _stamp(page: Page, n: int, font: pikepdf.Object) -> None:
    box = Rectangle(page.mediabox)
    width, height = box.width, box.height
    digits = str(n)
    x = width - 51 - 6 * len(digits) if n % 2 else 51.0
    name = page.add_resource(font, Name.Font)
    page.contents_add(b"q\n", prepend=True)
    page.contents_add(f"\nQ\nq 0 g BT {name} 12 Tf {x:.2f} {height - 42:.2f} Td ({digits}) Tj ET Q".encode())


def _lay_over(pdf: Pdf, over: bytes) -> None:
    with pikepdf.open(io.BytesIO(over)) as mark:
        drawn = pdf.copy_foreign(Page(mark.pages[0]).as_form_xobject())
        for page in pdf.pages:
            Page(page).add_overlay(drawn, Rectangle(page.mediabox))


def _saved(pdf: Pdf) -> bytes:
    out = io.BytesIO()
    pdf.save(out)
    return out.getvalue()
