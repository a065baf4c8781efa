"""Whatever is handed in becomes plain pages: nothing that acts comes along, nothing broken stops the file."""

import io

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Pdf, Stream
from PIL import Image

from cases.bundles import pdf_pages
from cases.bundles.pdf_pages import A4, NoPages
from documents.pdf_files import holds_active_parts
from tests.documents.pdf import pages_of


def a_pdf(change=lambda pdf, page: None, size=A4, pages=1, words="HELLO"):
    """A PDF of our own with a line of text, changed as a hostile hand would."""
    with Pdf.new() as pdf:
        for _ in range(pages):
            page = pdf.add_blank_page(page_size=size)
            font = pdf.make_indirect(Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica))
            page.obj.Resources = Dictionary(Font=Dictionary(F=font, A=font))
            page.obj.Contents = Stream(pdf, f"BT /F 24 Tf 60 {size[1] - 120:.0f} Td ({words}) Tj ET".encode())
            change(pdf, page.obj)
        out = io.BytesIO()
        pdf.save(out)
    out.seek(0)
    return out


def script(pdf):
    return Dictionary(S=Name.JavaScript, JS=pikepdf.String("app.alert(1)"))


def on_open(pdf, page):
    pdf.Root.OpenAction = script(pdf)


def on_page_open(pdf, page):
    page.AA = Dictionary(O=Dictionary(S=Name.Launch, F=pikepdf.String("calc.exe")))


def by_link(pdf, page):
    link = Dictionary(
        Type=Name.Annot,
        Subtype=Name.Link,
        Rect=Array([0, 0, 600, 800]),
        A=Dictionary(S=Name.Launch, F="calc.exe"),
    )
    page.Annots = Array([pdf.make_indirect(link)])


def to_the_network(pdf, page):
    link = Dictionary(
        Type=Name.Annot,
        Subtype=Name.Link,
        Rect=Array([0, 0, 600, 800]),
        A=Dictionary(S=Name.URI, URI=pikepdf.String("http://203.0.113.9/")),
    )
    page.Annots = Array([pdf.make_indirect(link)])


def by_attachment(pdf, page):
    pdf.attachments["evil.exe"] = b"MZ"


def by_names(pdf, page):
    pdf.Root.Names = Dictionary(JavaScript=Dictionary(Names=Array([pikepdf.String("x"), script(pdf)])))


def by_form(pdf, page):
    field = pdf.make_indirect(
        Dictionary(
            Type=Name.Annot,
            Subtype=Name.Widget,
            FT=Name.Tx,
            T=pikepdf.String("x"),
            Rect=Array([0, 0, 10, 10]),
            AA=Dictionary(K=script(pdf)),
        )
    )
    page.Annots = Array([field])
    pdf.Root.AcroForm = Dictionary(Fields=Array([field]), XFA=pikepdf.String("<xfa/>"))


def by_reference_to_a_file(pdf, page):
    xobject = Stream(pdf, b"")
    xobject.Type, xobject.Subtype, xobject.BBox = Name.XObject, Name.Form, Array([0, 0, 1, 1])
    xobject.Ref = Dictionary(F=pikepdf.String("/etc/passwd"), Page=0)
    page.Resources.XObject = Dictionary(X=pdf.make_indirect(xobject))


HOSTILE = [
    on_open,
    on_page_open,
    by_link,
    to_the_network,
    by_attachment,
    by_names,
    by_form,
    by_reference_to_a_file,
]
STRAY = (
    b"JavaScript",
    b"Launch",
    b"calc.exe",
    b"203.0.113.9",
    b"evil.exe",
    b"EmbeddedFile",
    b"/XFA",
    b"passwd",
)


@pytest.mark.parametrize("change", HOSTILE, ids=lambda change: change.__name__)
def test_nothing_that_acts_survives_and_the_page_does(change):
    plain = pdf_pages.numbered(pdf_pages.on_sheets(a_pdf(change)), 7)

    with pikepdf.open(io.BytesIO(plain)) as pdf:
        assert not holds_active_parts(pdf)
        assert "/Annots" not in pdf.pages[0].obj
        raw = io.BytesIO()
        pdf.save(raw, stream_decode_level=pikepdf.StreamDecodeLevel.all)
    assert [word for word in STRAY if word in raw.getvalue()] == []
    page = pages_of(plain)[0]
    assert "HELLO" in page.texts
    assert "7" in page.texts


def test_what_is_hidden_where_nobody_looks_is_found_again(monkeypatch):
    monkeypatch.setattr(pdf_pages, "holds_active_parts", lambda pdf: True)
    with pytest.raises(NoPages, match="没有装入"):
        pdf_pages.on_sheets(a_pdf())


@pytest.mark.parametrize(
    "content", [b"", b"%PDF-1.7", b"%PDF-1.7\n" + b"\x00" * 4000, b"GIF89a", a_pdf().getvalue()[:60]]
)
def test_what_is_broken_says_so(content):
    with pytest.raises(NoPages, match=r"打不开|没有页面"):
        pdf_pages.on_sheets(io.BytesIO(content))


def test_what_is_locked_says_so():
    out = io.BytesIO()
    with pikepdf.open(a_pdf()) as pdf:
        pdf.save(out, encryption=pikepdf.Encryption(owner="x", user="geheim"))
    out.seek(0)
    with pytest.raises(NoPages, match="设有密码"):
        pdf_pages.on_sheets(out)


@pytest.mark.parametrize("size", [(842, 1191), (100, 100), (1191, 842), (14_400, 14_400)])
def test_pages_of_any_size_lie_on_a4(size):
    plain = pdf_pages.on_sheets(a_pdf(size=size))
    page = pages_of(plain)[0]
    assert sorted((round(page.width), round(page.height))) == [595, 842]
    assert (page.width > page.height) == (size[0] > size[1])


def test_a_page_that_was_turned_is_read_upright():
    def turned(pdf, page):
        page.Rotate = 90

    page = pages_of(pdf_pages.on_sheets(a_pdf(turned)))[0]
    assert page.width > page.height


def test_numbers_stand_at_the_upper_outer_corner():
    plain = pdf_pages.numbered(pdf_pages.on_sheets(a_pdf(pages=2)), 101)
    odd, even = pages_of(plain)

    def place(page, number):
        line = next(line for line in page.lines if "".join(glyph.char for glyph in line) == number)
        return line[0].left, line[0].baseline

    assert place(odd, "101")[0] > odd.width - 80
    assert place(even, "102")[0] < 80
    assert max(place(odd, "101")[1], place(even, "102")[1]) < 45


@pytest.mark.parametrize(("size", "is_wide"), [((3000, 2000), True), ((2000, 3000), False), ((1, 1), False)])
def test_a_photograph_lies_within_a_margin(size, is_wide):
    picture = io.BytesIO()
    Image.new("RGB", size, "white").save(picture, "JPEG")
    picture.seek(0)
    page = pages_of(pdf_pages.picture_on_sheet(picture, "image/jpeg"))[0]
    assert (page.width > page.height) == is_wide


def test_a_broken_or_giant_picture_says_so(monkeypatch):
    with pytest.raises(NoPages, match="图片已损坏"):
        pdf_pages.picture_on_sheet(io.BytesIO(b"\x89PNG\r\n\x1a\nxxx"), "image/png")
    picture = io.BytesIO()
    Image.new("RGB", (40, 40)).save(picture, "PNG")
    picture.seek(0)
    monkeypatch.setattr(pdf_pages, "MOST_PIXELS", 1_000)
    with pytest.raises(NoPages, match="像素过大"):
        pdf_pages.picture_on_sheet(picture, "image/png")
