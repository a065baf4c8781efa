"""What waits too long shows in /readyz."""

from datetime import timedelta

import pytest

from cases.models import Announcement
from core import clock
from dashboard.operations import unsent
from documents.models.rendition import MAX_ATTEMPTS
from jobs import probes
from tests.cases.factories import CaseFactory
from tests.deadlines.factories import ReminderFactory
from tests.documents.factories import RenditionFactory


def announced(minutes):
    """A case event of some minutes ago whose announcement nobody has made."""
    case = CaseFactory()
    with clock.travel(clock.now() - timedelta(minutes=minutes)):
        event = case.events.create(
            kind="note", actor=case.handler, from_stage="registered", to_stage="registered"
        )
    return Announcement.objects.create(event=event)


def test_nothing_waits_in_an_office_without_work():
    assert unsent.probe() == ""


@pytest.mark.parametrize(("minutes", "sentence"), [(9, ""), (12, "案件通知（已等 12 分钟）")])
def test_an_announcement_is_late_after_ten_minutes(minutes, sentence):
    announced(minutes)

    assert sentence in unsent.probe()
    assert bool(unsent.probe()) == bool(sentence)


def test_what_is_done_is_not_late():
    waiting = announced(60)
    waiting.done_at = clock.now()
    waiting.save()

    assert unsent.probe() == ""


def test_a_reminder_that_was_not_told_is_late():
    ReminderFactory(created_at=clock.now() - timedelta(minutes=30))

    assert "期限提醒（已等 30 分钟）" in unsent.probe()


def test_a_paper_is_waited_for_until_it_is_given_up():
    rendition = RenditionFactory(created_at=clock.now() - timedelta(minutes=15))
    assert "文书文件（已等 15 分钟）" in unsent.probe()

    rendition.attempts = MAX_ATTEMPTS
    rendition.save()
    assert unsent.probe() == ""


def test_readiness_asks_it(client):
    announced(20)

    assert "unsent" in probes._registered
    answer = client.get("/readyz")
    found = {each["name"]: each["sentence"] for each in answer.json()["checks"]}
    assert (answer.status_code, "案件通知（已等 20 分钟）" in found["unsent"]) == (503, True)
