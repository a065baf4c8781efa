"""The whole log of a case: who did what when, newest first, with its filters."""

from datetime import timedelta

import pytest
from django.urls import reverse

from cases import journal
from cases.models import CaseEvent
from cases.timeline import KINDS
from cases.workflow import Act, Move, Stage
from core import clock
from tests.cases.factories import case_of_office
from tests.cast import client_for
from tests.htmx import assert_panel_is_part_of_page


@pytest.fixture
def case(cast):
    return case_of_office(cast, review=True)


@pytest.fixture
def events(case, head, clerk):
    journal.write(
        case, Move.ACCEPT, by=head, before=Stage.REGISTERED, after=Stage.REVIEW, text="例检民支〔2026〕1号"
    )
    journal.note(case, Act.EVIDENCE, by=case.handler, text="工资欠条")
    journal.note(case, Act.RECOVERY_ENTERED, by=clerk, text="8,000.00 元")


def read(case, user, **query) -> str:
    return client_for(user).get(reverse("cases:log", args=[case.code]), query).content.decode()


@pytest.mark.usefixtures("events")
def test_every_event_says_what_who_when_and_how_the_stage_moved(case, prosecutor):
    page = read(case, prosecutor)

    for words in ("受理", "登记证据", "工资欠条", "8,000.00 元", "赵主任", "陈内勤"):
        assert words in page
    assert f"{clock.today()}" in page
    assert page.index("登记到账") < page.index("登记证据") < page.index("申请登记 → 审查中")


@pytest.mark.usefixtures("events")
@pytest.mark.parametrize(
    ("kind", "shown"), [("moves", "申请登记 → 审查中"), ("review", "工资欠条"), ("money", "8,000.00 元")]
)
def test_a_kind_shows_only_its_own_events(case, prosecutor, kind, shown):
    page = read(case, prosecutor, kind=kind)

    assert "共 1 条" in page
    assert shown in page


@pytest.mark.usefixtures("events")
def test_actor_and_day_narrow_the_log(case, prosecutor, clerk):
    tomorrow = clock.today() + timedelta(days=1)

    assert "共 1 条" in read(case, prosecutor, actor=clerk.pk)
    assert "没有符合条件的记录。" in read(case, prosecutor, since=str(tomorrow))
    assert "共 3 条" in read(case, prosecutor, until=str(clock.today()))


@pytest.mark.usefixtures("events")
@pytest.mark.parametrize(
    "query", [{"kind": "x"}, {"actor": "0"}, {"since": "2026-99-99"}, {"page": "zzz"}], ids=str
)
def test_what_makes_no_sense_is_ignored(case, prosecutor, query):
    assert "共 3 条" in read(case, prosecutor, **query)


def test_every_kind_is_a_kind_of_event():
    known = {*Move.values, *Act.values}

    assert {kind for _, kinds in KINDS.values() for kind in kinds} - known == set()


def test_a_stranger_gets_404_and_the_panel_is_part_of_the_page(case, other, prosecutor):
    url = reverse("cases:log", args=[case.code])

    assert client_for(other).get(url).status_code == 404
    assert_panel_is_part_of_page(client_for(prosecutor), url)
    assert CaseEvent.objects.count() == 0
