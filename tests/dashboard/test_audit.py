"""操作审计: the auditor reads, filters and takes away; nothing here changes anything."""

from io import BytesIO

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from audit.log import record
from audit.models import Entry, Verb
from core import clock
from tests.cast import client_for
from tests.htmx import assert_panel_is_part_of_page

URL = reverse("dashboard:audit")


@pytest.fixture
def browser(auditor):
    return client_for(auditor)


def shown(browser, **query) -> str:
    return browser.get(URL, query).content.decode()


def test_the_auditor_sees_who_did_what_when(browser, prosecutor):
    record(prosecutor, Verb.REVEAL, "申请人手机号", detail="核对身份")

    page = shown(browser)

    assert all(text in page for text in ["李检察官", "查看脱敏信息", "申请人手机号", "核对身份"])


def test_other_offices_stay_out_and_failed_sign_ins_of_nobody_stay_in(browser, other):
    record(other, Verb.EXPORT, "他院台账")
    record(None, Verb.SIGN_IN_FAILED, "nobody")

    page = shown(browser)

    assert ("他院台账" in page, "nobody" in page) == (False, True)


@pytest.mark.parametrize(
    ("query", "finds"),
    [
        ({"verb": "export"}, True),
        ({"verb": "reveal"}, False),
        ({"q": "李检察官"}, True),
        ({"q": "台账"}, True),
        ({"q": "王"}, False),
        ({"from": clock.today(), "to": clock.today()}, True),
        ({"to": "2020-01-01"}, False),
    ],
)
def test_every_filter_narrows(browser, prosecutor, query, finds):
    record(prosecutor, Verb.EXPORT, "案件台账一")

    assert ("案件台账一" in shown(browser, **query)) is finds


def test_an_export_holds_the_same_entries_and_is_itself_on_record(browser, prosecutor, auditor):
    record(prosecutor, Verb.REVEAL, "=cmd")
    answer = browser.get(reverse("dashboard:audit_export"), {"verb": "reveal"})

    rows = list(load_workbook(BytesIO(b"".join(answer.streaming_content))).active.iter_rows(values_only=True))

    assert [row[1:5] for row in rows[1:]] == [
        ("李检察官", prosecutor.organisation.code, "查看脱敏信息", "=cmd")
    ]
    kept = Entry.objects.filter(verb=Verb.EXPORT).get()
    assert (kept.actor_number, kept.target_label, kept.detail) == (auditor.pk, "操作日志", "1 条")


def test_one_and_many_entries_cost_the_same(browser, prosecutor, django_assert_max_num_queries):
    record(prosecutor, Verb.EXPORT, "台账")
    shown(browser)
    with django_assert_max_num_queries(12) as one:
        shown(browser)
    for _ in range(20):
        record(prosecutor, Verb.EXPORT, "台账")
    with django_assert_max_num_queries(len(one)):
        shown(browser)


def test_the_panel_is_part_of_the_page(browser, prosecutor):
    record(prosecutor, Verb.EXPORT, "台账")
    assert_panel_is_part_of_page(browser, URL)
