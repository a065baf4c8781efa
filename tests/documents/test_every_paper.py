"""Every declared paper as it is printed: what the facts say stands on it, nothing is odd, no page is wasted.

Three situations: everything known, only what is required, sixty workers (`situations`). Each PDF is made once.
"""

import io
import re
from collections import Counter

import pikepdf
import pytest

from documents.spacing import USUAL
from documents.wording.writing import FILTERS
from tests.documents.pdf import MM
from tests.documents.printing import BLOCK_BOTTOM, BLOCK_TOP, SITUATIONS, keys, printed, squeezed, values_of
from tests.documents.situations import NAMES, RARE, name_of

LEFT, RIGHT = 28 * MM, (210 - 26) * MM
EVERY = [pytest.param(key, situation, id=f"{key}-{situation}") for situation in SITUATIONS for key in keys()]
ODD = re.compile(
    r"None|True|False|Decimal|（）|〔〕|《》|“”|[，；：、][，。；：、）]|。[，。；、]|（[，。；、]|\b0 人"
)
OPENS_A_LIST = {
    "经审查查明",
    "本院认为",
    "特别授权，逐项写明",
    "本人知道",
    "参加单位和人员",
    "各成员单位会签",
    "审判长、审判员（人民陪审员）",
}
# what a paper says of a large group alone, says by the total, or in a word of its own (劳务报酬)
OF_GROUPS = {"申请人.尚欠"}
ELSEWHERE = {
    "complaint_service": {"请求.请求类型"},
    "arbitration_request": {"请求.请求类型"},
    "payment_sheet": {"劳动者.尚欠"},
    **dict.fromkeys(("preservation", "fee_relief", "legal_aid_form", "aid_letter"), OF_GROUPS),
    **dict.fromkeys(("settlement", "mediation_agreement"), OF_GROUPS),
}


@pytest.fixture(autouse=True)
def _db():
    """Nothing here asks the database."""


@pytest.mark.parametrize(("key", "situation"), EVERY)
def test_the_pdf_says_what_the_text_says(key, situation):
    """Nothing of the text is lost on the way to the sheet, and nothing comes in but page numbers and repeated heads."""
    paper = printed(key, situation)
    wanted, found = Counter(squeezed("".join(paper.lines)).replace("|", "")), Counter(paper.raw)

    assert wanted - found == Counter()
    assert paper.missing == ()


@pytest.mark.parametrize("key", keys())
def test_a_full_case_finds_every_fact_on_its_paper(key):
    paper = printed(key, "full")
    said = squeezed("".join(paper.lines)).replace("|", "")

    lacking = {
        label
        for label, value in values_of(paper.facts, paper.words)
        if not any(squeezed(form) in said for form in (value, FILTERS["简写"](value)))
    }
    assert lacking == ELSEWHERE.get(key, set())


@pytest.mark.parametrize("key", keys())
def test_sixty_workers_are_named_each_with_the_same_sums(key):
    paper = printed(key, "many")
    workers = next(
        (getattr(paper.facts, name) for name in ("workers", "people") if hasattr(paper.facts, name)), ()
    )

    assert [each.name for each in workers if squeezed(each.name) not in paper.raw] == []
    asks = "欠薪合计" in paper.words and not hasattr(
        paper.facts, "shares"
    )  # what was agreed stands for what is owed
    if asks and workers and hasattr(workers[0], "owed"):
        assert f"{sum(each.owed for each in workers):,}" in paper.raw


@pytest.mark.parametrize(("key", "situation"), EVERY)
def test_nothing_odd_is_printed(key, situation):
    lines = printed(key, situation).lines

    assert [line for line in lines if ODD.search(line.replace(" | ", " "))] == []
    assert [line for line in lines if "待填" in line] == []


@pytest.mark.parametrize("key", keys())
def test_no_label_stands_without_what_it_labels(key):
    """A short line that ends in a colon addresses somebody or opens a list."""
    paper = printed(key, "sparse")
    labels = [line[:-1] for line in paper.lines if line.endswith("：") and len(line) < 12]
    said = {str(value) for value in vars(paper.facts).values()}

    assert [label for label in labels if label not in said | OPENS_A_LIST] == []


@pytest.mark.parametrize(("key", "situation"), EVERY)
def test_every_sheet_is_a4_and_everything_stands_in_its_block(key, situation):
    paper = printed(key, situation)

    assert {(round(page.width / MM), round(page.height / MM)) for page in paper.pages} == {(210, 297)}
    for n, page in enumerate(paper.pages, start=1):
        assert page.texts[-1] == f"—{n}—"
        for line in paper.text_lines(page):
            assert line[0].baseline > BLOCK_TOP
            assert min(glyph.left for glyph in line) > LEFT - 0.5
            assert max(glyph.left for glyph in line) + 3 < RIGHT + 0.5


@pytest.mark.parametrize(("key", "situation"), EVERY)
def test_no_page_is_wasted(key, situation):
    """No sheet without text; a page ends early only where what follows must stay together or begins a page."""
    paper = printed(key, situation)
    for page in paper.pages:
        assert len(paper.text_lines(page)) >= 2
    if 'class="annex"' in paper.body:
        return
    for page in paper.pages[:-1]:
        left = BLOCK_BOTTOM - paper.text_lines(page)[-1][0].baseline
        assert left < 9 * USUAL.pitch


@pytest.mark.parametrize(("key", "situation"), EVERY)
def test_the_seal_stands_below_text_of_its_own_page(key, situation):
    paper = printed(key, situation)
    if 'class="sign"' not in paper.body:
        return
    sealed = next(page for page in paper.pages if "2026年11月25日" in page.texts)
    at = sealed.texts.index("2026年11月25日")

    assert sealed.texts[at - 1] == "集宁区人民检察院"
    assert at >= 2


@pytest.mark.parametrize("key", keys())
def test_names_that_are_hard_to_print_are_printed(key):
    paper = printed(key, "many")
    rows = [each for each in vars(paper.facts).values() if isinstance(each, tuple) and len(each) == 60]
    if not rows:
        return
    assert rows[0][5].name == NAMES[5]
    assert [name_of(n) for n in range(6) if squeezed(name_of(n)) not in paper.raw] == []
    assert set(RARE) <= set(paper.raw)


@pytest.mark.parametrize("key", keys())
def test_the_file_is_a_tagged_archive_pdf_that_names_nobody(key):
    paper = printed(key, "full")
    with pikepdf.open(io.BytesIO(paper.pdf)) as pdf:
        metadata = pdf.open_metadata()
        told = str(pdf.docinfo) + str(metadata)
        assert (metadata["pdfaid:part"], metadata["pdfaid:conformance"]) == ("3", "U")
        assert pdf.Root.MarkInfo.Marked
        assert (pdf.Root.Lang, len(pdf.attachments)) == ("zh-CN", 0)
    assert paper.declared.paper.title in told
    assert [
        value for _, value in values_of(paper.facts, paper.words) if len(value) > 4 and value in told
    ] == []
