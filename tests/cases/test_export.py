"""The workbook is the filtered list: same rows, same sums, text as text, and nobody's numbers."""

from decimal import Decimal
from io import BytesIO

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from audit.models import Entry, Verb
from cases import lists
from cases.resources import RISKY, workbook, write
from tests.cases.following import listed, recover, with_clock
from tests.cases.test_list import shown
from tests.cast import client_for

URL = reverse("cases:export")
OLD_TRICKS = [
    '=HYPERLINK("http://x")',
    "@SUM(1)",
    "+1",
    "-1",
    "\t=1",
    "\r=1",
    "＝1",
    "＋1",
    "－1",
    "＠1",
    "=cmd|' /C calc'!A0",
]


@pytest.fixture
def browser(prosecutor):
    return client_for(prosecutor)


def sheet_of(client, **query):
    answer = client.get(URL, query)
    assert answer.status_code == 200
    return answer, load_workbook(BytesIO(b"".join(answer.streaming_content))).active


def column(sheet, heading: str) -> list:
    place = [cell.value for cell in sheet[1]].index(heading)
    return [row[place].value for row in sheet.iter_rows(min_row=2)]


def test_rows_and_sums_are_those_of_the_filtered_list(browser, prosecutor, prosecutor2, clerk):
    first = listed(prosecutor, review=True, claims=["12000.00", "300.50"])
    second = listed(prosecutor, review=True, claims=["100.00"])
    listed(prosecutor2, review=True)
    recover(first, "200.25", verified_by=clerk)
    with_clock(second, due_in=1)

    _, sheet = sheet_of(browser, view="all", handler="me")

    assert column(sheet, "内部编号") == shown(browser, view="all", handler="me") == [second.code, first.code]
    found = lists.sums(lists.visible(prosecutor).filter(handler=prosecutor))
    assert (
        sum(map(Decimal, map(str, column(sheet, "涉案金额（元）")))) == found.claimed == Decimal("12400.50")
    )
    assert sum(map(Decimal, map(str, column(sheet, "已到账（元）")))) == found.recovered == Decimal("200.25")
    assert column(sheet, "申请人数") == [1, 2]


def test_only_ticked_rows_when_some_are_ticked(browser, prosecutor):
    wanted, _ = listed(prosecutor, review=True), listed(prosecutor, review=True)

    _, sheet = sheet_of(browser, view="all", sel=wanted.code)

    assert column(sheet, "内部编号") == [wanted.code]


def test_a_ticked_case_of_another_office_is_not_there(browser, other):
    theirs = listed(other, review=True)

    assert column(sheet_of(browser, view="all", sel=theirs.code)[1], "内部编号") == []


def test_no_identity_number_phone_or_card_is_exported(browser, prosecutor):
    case = listed(prosecutor, review=True)
    person = case.claimants.get().person

    _, sheet = sheet_of(browser, view="all")
    text = " ".join(str(cell.value) for row in sheet.iter_rows() for cell in row)

    assert (person.id_number in text, person.phone in text) == (False, False)


def test_the_export_is_on_record_and_its_name_names_nobody(browser, prosecutor):
    listed(prosecutor, review=True)

    answer, _ = sheet_of(browser, view="all")

    entry = Entry.objects.get(verb=Verb.EXPORT)
    assert (entry.actor, entry.target_label, entry.detail) == ("李检察官", "案件台账", "1 件")
    assert answer.headers["Content-Disposition"].startswith("attachment; filename*=utf-8''%E6%B0%91%E4%BA%8B")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_supervisors_who_may_export_figures_may_not_export_cases(city):
    assert client_for(city).get(URL).status_code == 403


@pytest.mark.parametrize("trick", OLD_TRICKS)
def test_a_title_that_looks_like_a_formula_stays_what_it_is(prosecutor, trick):
    listed(prosecutor, review=True, title=trick.strip() or "=1")

    book = load_workbook(BytesIO(workbook(lists.visible(prosecutor), "")[0]))
    cell = next(c for c in book.active[2] if c.value and str(c.value).strip() == trick.strip())

    assert (cell.data_type, cell.quotePrefix) == ("s", True)


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=60))
def test_no_text_whatever_becomes_a_formula(text):
    book = Workbook()
    write(book.active["A1"], text)
    buffer = BytesIO()
    book.save(buffer)

    cell = load_workbook(BytesIO(buffer.getvalue())).active["A1"]

    assert cell.data_type in ("s", "n", "inlineStr")
    assert cell.data_type == "s" or not text
    assert not text.startswith(RISKY) or cell.quotePrefix
