"""行距: a few lines with the seal come back to the page before; papers that fill their pages keep 22 lines."""

import itertools

import pytest

from documents import wordings
from documents.rendering import setting_of, sheet
from documents.spacing import SETTINGS, USUAL
from documents.wording import composing, grammar
from tests.documents import situations
from tests.documents.pdf import MM, pages_of
from tests.documents.printing import printed

SEAL = 42 * MM  # of a county's procuratorate


@pytest.fixture(autouse=True)
def _db():
    """Nothing here asks the database."""


@pytest.mark.parametrize("key", ["reject_notice", "suspend_decision", "terminate_decision"])
def test_a_line_and_the_seal_are_brought_back(key):
    paper = printed(key, "full")

    assert len(paper.pages) == 1
    assert setting_of(sheet(paper.body, "题")) in SETTINGS[1:]
    day = next(line for line in paper.pages[0].lines if "".join(g.char for g in line) == "2026年11月25日")
    assert day[0].baseline < (297 - 35) * MM


@pytest.mark.parametrize(("key", "situation"), [("accept_notice", "full"), ("decline_decision", "full")])
def test_what_fits_or_fills_its_pages_keeps_22_lines(key, situation):
    assert setting_of(sheet(printed(key, situation).body, "题")) == USUAL


@pytest.mark.parametrize("setting", SETTINGS)
def test_a_seal_finds_room_over_issuer_and_date_within_a_line_of_the_text(setting):
    """Its middle lies between the two lines; above it there may be a line of blank at most."""
    above_middle = setting.seal + setting.pitch
    assert -0.35 * setting.pitch < above_middle - SEAL / 2 < 1.1 * setting.pitch


def test_what_many_papers_say_alike_is_put_in_and_offices_see_the_whole():
    words = wordings.shipped("cases/papers/preservation.txt")

    assert "{引" not in words
    assert "= 申请人名单及签名表" in words
    assert "申请人（签名、捺印）" in words


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("| !工种 | {工种|划去} |", "\\"),
        ("| !期间 | {务工期间|简写} |", "2025.4–2025.11"),
        ("| !期间 | {约定标准} |", "日工资300元，A4 2份"),
        ("| !期间 | {务工期间|划去} |", "2025年4月至2025年11月"),
    ],
)
def test_boxes_that_stay_empty_are_struck_and_periods_are_short(words, said):
    kind = situations.full(printed("application", "full").declared.paper.facts).workers[0]
    worker = type(kind)(name="王建国", period="2025年4月至2025年11月", wage_standard="日工资 300 元，A4 2 份")
    (row,) = composing.compose(grammar.parse(words), worker)

    assert "".join(piece.text for line in row.cells[1].lines for piece in line) == said


def test_rows_to_sign_are_ten_millimetres_high():
    pages = pages_of(printed("applicant_list", "many").pdf)
    rows = [line[0].baseline for line in pages[1].lines if "1380000" in "".join(g.char for g in line)]

    assert min(below - above for above, below in itertools.pairwise(rows)) > 9.9 * MM
