"""The budgets of the page: what a first visit on a slow line has to wait for."""

import pytest

from tests.look.assets import CSS, PAGE_CSS, SCRIPTS, STATIC, lines, packed

KB = 1024


def test_style_sheets_of_a_page_stay_small():
    common = [path for path in CSS if path.stem not in PAGE_CSS]
    biggest = max(packed(path) for path in CSS if path.stem in PAGE_CSS)
    assert packed(*common) + biggest <= 17 * KB
    assert packed(*[path for path in common if path.stem != "print"]) <= 14 * KB


def test_scripts_of_a_normal_page_stay_small():
    htmx = STATIC / "vendor" / "htmx-2.0.11.min.js"
    assert packed(htmx, *[path for path in SCRIPTS if path.stem in ("app", "list")]) <= 30 * KB


def test_our_own_script_is_short():
    """400 lines for the pages as designed; keeping a draft and the running sum of an allocation came on top."""
    assert sum(map(lines, SCRIPTS)) <= 400 + 110


@pytest.mark.parametrize("path", CSS, ids=lambda path: path.stem)
def test_style_sheet_can_be_read_in_one_go(path):
    assert lines(path) <= 120


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.stem)
def test_script_can_be_read_in_one_go(path):
    assert lines(path) <= 100


def test_icons_and_charts_keep_to_their_budget():
    assert packed(STATIC / "icons.svg") <= 4 * KB
    assert packed(STATIC / "vendor" / "echarts-6.1.0.min.js") <= 210 * KB


def test_no_style_sheet_waits_for_another():
    assert [path.name for path in CSS if "@import" in path.read_text()] == []
