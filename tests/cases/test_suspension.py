"""中止与恢复: the page, the verb that resumes, the days that are added."""

from datetime import timedelta

import pytest
from django.urls import reverse

from cases import clocks
from cases.models import Suspension
from cases.suspension import actions
from cases.workflow import Matter
from core import clock
from tests.cases.deciding import submitted
from tests.cases.factories import CaseFactory, case_of_office
from tests.cases.traces import locks_first, refused
from tests.cast import client_for
from tests.htmx import assert_panel_is_part_of_page


@pytest.fixture
def case(cast):
    assert cast.head
    assert cast.chief
    case = case_of_office(cast, reviewed=True)
    for code in clocks.REVIEW_CLOCKS:
        clocks.start(case, code, on=case.accepted_on, by=cast.prosecutor)
    return case


@pytest.fixture
def suspended(cast, case):
    day = clock.today() - timedelta(days=3)
    Suspension.objects.create(
        case=case, ground="other_case", reason="等待刑事案件结果", starts_on=day, recorded_by=cast.chief
    )
    clocks.pause_review(case, on=day, by=cast.chief, reason="中止")
    return case


def url_of(case, matter=""):
    return reverse("cases:suspension", args=[case.code]) + (f"?matter={matter}" if matter else "")


def test_resuming_lifts_the_suspension_and_adds_the_days_that_stood_still(cast, suspended):
    before = {d.term.code: d.due_on for d in clocks.running(suspended)}

    record = actions.resume(suspended, on=clock.today(), note="另案已判决", by=cast.prosecutor)

    assert (record.lifted_on, record.lifted_by, record.lift_note) == (
        clock.today(),
        cast.prosecutor,
        "另案已判决",
    )
    assert not suspended.is_suspended
    for deadline in clocks.running(suspended):
        assert deadline.paused_on is None
        assert deadline.paused_days == 3  # added before the end is rolled over a weekend
        assert deadline.due_on > before[deadline.term.code]
    assert [(e.kind, e.note) for e in suspended.events.all()] == [("resume", "另案已判决")]


def test_resuming_is_told_to_the_handler_after_commit(cast, suspended, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        actions.resume(suspended, on=clock.today(), by=cast.assistant)
        assert cast.prosecutor.notifications.count() == 0

    assert [n.title for n in cast.prosecutor.notifications.all()] == [f"{suspended}：恢复审查"]


@pytest.mark.parametrize(
    ("shift", "sentence"), [(-4, "早于中止日期"), (1, "还没到，请改成今天或以前的日期。")]
)
def test_the_day_of_resumption_lies_between_suspension_and_today(cast, suspended, shift, sentence):
    with refused(sentence):
        actions.resume(suspended, on=clock.today() + timedelta(days=shift), by=cast.prosecutor)


@pytest.mark.parametrize("who", ["prosecutor2", "chief", "other"])
def test_only_who_works_on_the_case_resumes_it(cast, suspended, who):
    by = getattr(cast, who)

    with refused("你不能办理|只有本院办案人员"):
        actions.resume(suspended, on=clock.today(), by=by)


def test_what_is_not_suspended_is_not_resumed(cast, case):
    with refused("案件没有中止，不用恢复。"):
        actions.resume(case, on=clock.today(), by=cast.prosecutor)


def test_resuming_locks_the_case_before_it_looks(cast, suspended):
    with locks_first():
        actions.resume(suspended, on=clock.today(), by=cast.prosecutor)


@pytest.mark.parametrize("matter", ["suspend", "extend"])
def test_the_panel_is_part_of_the_page(cast, case, matter):
    assert_panel_is_part_of_page(client_for(cast.prosecutor), url_of(case), matter=matter)


def test_while_suspended_the_page_is_about_resuming(cast, suspended):
    assert_panel_is_part_of_page(client_for(cast.prosecutor), url_of(suspended))
    page = client_for(cast.prosecutor).get(url_of(suspended)).text

    assert "等待刑事案件结果" in page
    assert "恢复审查</button>" in page


@pytest.mark.parametrize(
    ("matter", "data"),
    [
        ("suspend", {"ground": "other", "starts_on": clock.today().isoformat(), "reasons": "等待。"}),
        ("extend", {"days": "10", "reasons": "需要调取证据。"}),
    ],
)
def test_both_matters_are_submitted_from_the_page(cast, case, matter, data):
    browser = client_for(cast.prosecutor)
    if matter == "suspend":  # its paper first
        browser.post(url_of(case, matter), data)
        data = {"expected_n": 1}
    answer = browser.post(url_of(case, matter), data)

    assert (answer.status_code, answer.url) == (302, reverse("cases:approval", args=[case.code]))
    assert case.proposals.get().matter == matter


def test_resuming_from_the_page_leads_to_the_case(cast, suspended):
    answer = client_for(cast.prosecutor).post(url_of(suspended), {"on": clock.today().isoformat()})

    assert (answer.status_code, answer.url) == (302, suspended.get_absolute_url())
    assert not suspended.is_suspended


@pytest.mark.parametrize("stage", ["", "approval", "supported", "closed"])
def test_the_page_has_an_answer_at_any_stage(cast, stage):
    case = CaseFactory(handler=cast.prosecutor, **({stage: True} if stage else {}))

    assert client_for(cast.prosecutor).get(url_of(case)).status_code == 200


def test_a_stranger_gets_404_and_the_chief_may_not_resume(cast, suspended):
    assert client_for(cast.other).get(url_of(suspended)).status_code == 404
    assert client_for(cast.chief).post(url_of(suspended)).status_code == 403


def test_a_second_suspension_does_not_begin_before_the_first_was_lifted(cast, suspended):
    actions.resume(suspended, on=clock.today() - timedelta(days=1), by=cast.prosecutor)

    with refused("早于上次恢复日期"):
        submitted(
            cast,
            Matter.SUSPEND,
            case=suspended,
            ground="other_case",
            starts_on=clock.today() - timedelta(days=2),
        )
