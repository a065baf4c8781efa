"""Any Unicode text in any field of any paper: no page breaks, nothing escapes, nothing is fetched (T20–T23, T29)."""

import dataclasses
import io
from html.parser import HTMLParser
from typing import get_args, get_origin, get_type_hints

import pikepdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cases.paperwork.catalogue import paper_by
from documents import rendering, wordings
from documents.body import ELEMENTS, lines
from documents.rendering import AssetFetcher, render_pdf, sheet
from documents.screen import shown
from documents.word.reading import lines_of
from documents.word.writing import docx_of
from documents.wording import grammar
from documents.wording.composing import TURNING
from tests.documents import situations
from tests.documents.pdf import MM, pages_of
from tests.documents.printing import BLOCK_BOTTOM, BLOCK_TOP, keys, squeezed

VECTORS = [
    '<img src="http://127.0.0.1:9/x.png">',
    "<img src=file:///etc/passwd>",
    '<img src="data:image/png;base64,iVBORw0KGgo=">',
    '<img src="asset:seal.png" onerror=x()>',
    "<style>@import url(http://127.0.0.1:9/x.css);</style>",
    "<style>@font-face{font-family:x;src:url(file:///etc/passwd)}</style>",
    '<p style="background:url(http://127.0.0.1:9/)">',
    '<object data="file:///etc/passwd"></object>',
    '<svg><image href="file:///etc/passwd"/></svg>',
    '<link rel=attachment href="file:///etc/passwd">',
    '<a href="javascript:x()" rel="attachment">',
    "</p></body></html><script>x()</script>",
    "url(file:///etc/passwd) @import 'x' <!--number--> <!--day-->",
    "{{7*7}} {% include 'settings.py' %} {0.__class__} %(x)s {申请人}",
]
LONG = "A" * 3000
NASTY = [
    "\x00\x0b\x1b\x7f",
    "\ud800",
    "\u202e倒",
    "é\u0300" * 40,
    "\ufffe\uffff",
    "\u2028\u2029",
    "]]>",
    "&amp;",
    "‏עברית",
    "👨‍👩‍👧",
    "\n" * 50,
]
TEXTS = st.one_of(
    st.text(st.characters(), max_size=60),
    st.sampled_from(VECTORS + NASTY + [LONG]),
    st.lists(st.sampled_from(VECTORS + NASTY), min_size=2, max_size=4).map("".join),
)
STEADY = settings(
    derandomize=True,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


@pytest.fixture(autouse=True)
def _db():
    """Nothing here asks the database."""


@pytest.fixture
def fetched(monkeypatch):
    """Every address that the engine asked for."""
    asked = []
    real = AssetFetcher.fetch

    def fetch(self, url, headers=None):
        asked.append(url)
        return real(self, url, headers)

    monkeypatch.setattr(rendering.AssetFetcher, "fetch", fetch)
    return asked


def poisoned(kind, words):
    """A full paper with these words in every text that people write, rows included."""
    return _poisoned(situations.full(kind), words)


def _poisoned(facts, words):
    hints = get_type_hints(type(facts))
    return dataclasses.replace(
        facts,
        **{
            field.name: _worse(hints[field.name], getattr(facts, field.name), words)
            for field in dataclasses.fields(facts)
            if field.name != "office"
        },
    )


def _worse(hint, value, words):
    if isinstance(value, str):
        return words
    if get_origin(hint) is tuple and get_args(hint)[0] is str:
        return (words, *value[1:])
    if isinstance(value, tuple):
        return tuple(_poisoned(row, words) for row in value)
    return value


def body_of(key, words):
    declared = paper_by(key)
    facts = poisoned(declared.paper.facts, words)
    return wordings.composed(wordings.shipped(declared.paper.template), declared.paper.title, facts)


class Elements(HTMLParser):
    """What a browser would make of it: the names of elements and of attributes."""

    def __init__(self, html):
        super().__init__()
        self.tags, self.attributes = set(), set()
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}


@settings(STEADY, max_examples=80)
@given(key=st.sampled_from(keys()), words=TEXTS)
def test_text_stays_text_on_the_screen_and_in_word(key, words):
    body = body_of(key, words)

    assert not TURNING & set(body)
    for html in (body, shown(body, number="号", day="日")):
        found = Elements(html)
        assert found.tags <= ELEMENTS
        assert found.attributes <= {"class", "colspan", "scope"}
    # a blank to fill in by hand has other blanks in Word
    said = [each for each in map(squeezed, lines_of(docx_of(body, "题"))) if each]
    assert said == [each for each in map(squeezed, lines(body)) if each]


@settings(STEADY, max_examples=40)
@given(key=st.sampled_from(keys()), words=TEXTS)
def test_text_neither_breaks_a_page_nor_fetches_anything(key, words, fetched):
    pdf = render_pdf(sheet(body_of(key, words), "题"))

    for page in pages_of(pdf):
        assert (round(page.width / MM), round(page.height / MM)) == (210, 297)
        for line in page.lines[:-1]:
            assert BLOCK_TOP < line[0].baseline < BLOCK_BOTTOM
            assert all(28 * MM - 6 < glyph.left < (210 - 26) * MM + 6 for glyph in line)
    assert fetched == []


@pytest.mark.parametrize("key", keys())
def test_every_paper_bears_what_is_hostile_in_all_its_fields(key, fetched):
    words = "".join(VECTORS + NASTY)
    pdf = render_pdf(sheet(body_of(key, words), "题"))

    assert fetched == []
    assert _speaks_to_nobody(pdf)


@pytest.mark.parametrize("vector", VECTORS)
def test_an_offices_own_words_are_printed_as_they_stand(vector, fetched):
    declared = paper_by("accept_notice")
    words = wordings.shipped(declared.paper.template) + "\n" + vector
    facts = situations.full(declared.paper.facts)
    if "{" in vector:
        with pytest.raises(grammar.Fault):
            wordings.composed(words, "受理通知书", facts)
        return
    body = wordings.composed(words, "受理通知书", facts)

    assert vector in lines(body)
    pdf = render_pdf(sheet(body, "受理通知书"))
    assert (fetched, _speaks_to_nobody(pdf)) == ([], True)


@pytest.mark.parametrize("vector", VECTORS)
def test_titles_and_names_of_offices_are_text(vector, fetched):
    declared = paper_by("accept_notice")
    facts = dataclasses.replace(situations.full(declared.paper.facts), office=vector)
    body = wordings.composed(wordings.shipped(declared.paper.template), vector, facts)

    assert Elements(body).tags <= ELEMENTS
    pdf = render_pdf(sheet(body, vector))
    assert (fetched, _speaks_to_nobody(pdf)) == ([], True)


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1:9/",
        "https://example.com/x.png",
        "file:///etc/passwd",
        "data:text/plain,x",
        "ftp://x/",
        "asset:../../config/settings/base.py",
        "asset:/etc/passwd",
        "asset:seal.png?x",
        "asset:code/../../x",
        "ASSET:x.png",
    ],
)
def test_the_fetcher_gives_out_own_assets_alone(url):
    with pytest.raises(ValueError, match=r"自带的图样|protocol|scheme"):
        AssetFetcher().fetch(url)


def test_two_long_words_side_by_side_stay_on_the_sheet(fetched):
    """No reader of the engine's rules expects a break between two inline boxes; we put one there."""
    words = "e\u0301" * 60
    pages = pages_of(render_pdf(sheet(f"<p><mark>{words}</mark><mark>{words}</mark></p>", "题")))

    assert max(glyph.left for line in pages[0].lines for glyph in line) < (210 - 26) * MM


def test_a_mark_of_place_that_somebody_types_is_no_place():
    """The places of number and day are comments; what is typed is escaped and stays a text."""
    body = body_of("accept_notice", "<!--number--><!--day-->")

    assert body.count("<!--number-->") == 1
    assert body.count("<!--day-->") == 1


def _speaks_to_nobody(pdf):
    """No attachment, no link, no script in the file."""
    with pikepdf.open(io.BytesIO(pdf)) as file:
        actions = [obj for obj in file.objects if isinstance(obj, pikepdf.Dictionary) and "/S" in obj]
        kinds = {str(obj["/S"]) for obj in actions}
        return not file.attachments and not kinds & {
            "/URI",
            "/JavaScript",
            "/Launch",
            "/GoToR",
            "/SubmitForm",
        }
