"""登记延长 and 撤销延长: what the rule allows, what lies beyond it, and how a wrong one is taken back."""

from datetime import date, datetime
from urllib.parse import quote

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from cases.models import CaseEvent
from cases.occurrences import actions
from core import clock
from core.refusals import Refused
from tests.cases.court import file, fresh, supported_case
from tests.cases.events import applied, clock_of, record, reviewed_case
from tests.cast import client_for

FILED = date(2026, 8, 31)


@pytest.fixture(autouse=True)
def _november():
    with clock.travel(datetime(2026, 11, 25, 15)):
        yield


def filed(cast, procedure):
    case = supported_case(cast, days=100)
    file(case, cast.prosecutor, procedure=procedure, filed_on=FILED)
    return fresh(case)


def extend(case, code, by, **more):
    return actions.extend(case, deadline=clock_of(case, code), by=by, **({"reason": "院长批准"} | more))


@pytest.mark.parametrize(
    ("procedure", "code", "before", "after"),
    [
        ("simplified", "C6", date(2026, 11, 30), date(2026, 12, 30)),
        ("small_claims", "C7", date(2026, 11, 2), date(2026, 11, 30)),  # 10-31 is Saturday; 11-30 Monday
        ("ordinary", "C5", date(2027, 3, 1), date(2027, 8, 30)),  # 02-28 and 08-28 rest
    ],
)
def test_what_the_rule_allows_is_counted_for_the_person(cast, procedure, code, before, after):
    case = filed(cast, procedure)
    assert clock_of(case, code).due_on == before

    deadline = extend(case, code, cast.prosecutor)

    assert deadline.due_on == after
    assert " 个月至 " in deadline.explanation


def test_days_of_arbitration_and_working_days_of_the_inspection(cast):
    case = reviewed_case(cast)
    applied(case, date(2026, 11, 20))
    record(case, "board_accepted", date(2026, 11, 20))
    record(case, "inspection_opened", date(2026, 11, 20))

    assert extend(case, "A2", cast.prosecutor).extensions.get().days == 15
    assert "延长 30 个工作日至" in extend(case, "I1", cast.prosecutor).explanation


@pytest.mark.parametrize(
    ("code", "procedure", "given", "sentence"),
    [
        ("C6", "simplified", {"days": 400}, "最多延长 1 个月（民诉法第164条），不能晚于 2026-12-30"),
        ("C6", "simplified", {"until": date(2026, 12, 31)}, "不能晚于 2026-12-30"),
        ("C5", "ordinary", {"days": 400}, "不能晚于 2027-08-30。再延长须报上级法院批准"),
        ("C6", "simplified", {"days": 40, "above": True}, "没有再延长的规定"),
        ("C5", "ordinary", {"above": True}, "请填其中一个"),
    ],
)
def test_what_lies_beyond_is_refused_with_the_article(cast, code, procedure, given, sentence):
    case = filed(cast, procedure)

    with pytest.raises(Refused) as refused:
        extend(case, code, cast.prosecutor, **given)

    assert sentence in str(refused.value)
    assert not clock_of(case, code).extensions.exists()


def test_a_second_one_only_when_the_upper_court_has_approved_it(cast):
    case = filed(cast, "ordinary")
    extend(case, "C5", cast.prosecutor, days=10)

    with pytest.raises(Refused, match="已经延长过一次"):
        extend(case, "C5", cast.prosecutor)
    longer = extend(case, "C5", cast.prosecutor, until=date(2028, 1, 31), above=True, reason="中院批复")

    assert longer.due_on == date(2028, 1, 31)
    assert [row.above for row in longer.extensions.all()] == [False, True]


def test_a_wrong_one_is_taken_back_with_its_reason_and_stays_on_record(cast):
    case = filed(cast, "simplified")
    before = clock_of(case, "C6").due_on
    row = extend(case, "C6", cast.prosecutor).extensions.get()

    with pytest.raises(Refused, match="还没填撤销理由"):
        actions.take_back_extension(case, extension=row, reason=" ", by=cast.prosecutor)
    deadline = actions.take_back_extension(case, extension=row, reason="填错案件", by=cast.prosecutor)

    row.refresh_from_db()
    assert (deadline.due_on, row.void_reason, row.voided_by) == (before, "填错案件", cast.prosecutor)
    assert "撤销“延长 1 个月”" in CaseEvent.objects.filter(case=case).latest("pk").note
    with pytest.raises(Refused, match="已经撤销"):
        actions.take_back_extension(case, extension=row, reason="再来", by=cast.prosecutor)
    assert extend(case, "C6", cast.prosecutor).due_on == date(2026, 12, 30)
    for change in ({"void_reason": "别的"}, {"months": 2}):
        with pytest.raises(IntegrityError, match="只增不改"), transaction.atomic():
            type(row).objects.filter(pk=row.pk).update(**change)


def test_voiding_does_not_rewrite_what_was_granted(cast):
    row = extend(filed(cast, "simplified"), "C6", cast.prosecutor).extensions.get()

    row.months, row.voided_at, row.voided_by, row.void_reason = 2, clock.now(), cast.prosecutor, "x"
    with pytest.raises(IntegrityError, match="只增不改"), transaction.atomic():
        row.save()


def test_the_page_offers_what_the_rule_allows_and_takes_it_back(cast):
    case, browser = filed(cast, "simplified"), client_for(cast.prosecutor)
    pk = clock_of(case, "C6").pk
    here = reverse("cases:clock_extension", args=[case.code, pk])

    shown = browser.get(here).content.decode()
    browser.post(here, {"reason": "院长批准"})
    row = clock_of(case, "C6").extensions.get()
    listed = browser.get(reverse("cases:clocks", args=[case.code])).content.decode()
    back = reverse("cases:clock_extension_withdrawal", args=[case.code, pk, row.pk])
    browser.post(back, {"reason": "重复登记"})

    assert "不另填日期和天数的，延长 1 个月，到 2026-12-30" in shown
    assert "上级法院已批准再延长" not in shown
    assert f'href="{quote(back)}"' in listed
    assert clock_of(case, "C6").due_on == date(2026, 11, 30)
    assert "作废：重复登记" in browser.get(reverse("cases:clocks", args=[case.code])).content.decode()
