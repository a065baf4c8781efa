"""Who hears of what; once, after the commit, and also when the nudge was lost."""

from datetime import timedelta

import pytest

from cases import journal, notices
from cases.models import Announcement, CaseEvent
from cases.workflow import Act, Move, Stage
from core import clock
from jobs import sweep
from notifications.models import Notification
from tests.cases.factories import case_of_office


@pytest.fixture
def case(cast):
    _colleagues = cast.head, cast.clerk, cast.chief, cast.prosecutor2, cast.other_head
    return case_of_office(cast, review=True)


def event_of(case, kind, by) -> CaseEvent:
    return journal.write(case, kind, by=by, before=Stage.REVIEW, after=Stage.REVIEW)


@pytest.mark.parametrize(
    ("kind", "by", "hear"),
    [
        (Act.EXAMINE_APPLICATION, "prosecutor", {"赵主任"}),
        (Act.RECOVERY_ENTERED, "prosecutor", {"陈内勤"}),
        (Act.RECOVERY_VERIFIED, "clerk", {"李检察官"}),
        (Act.RECOVERY_RETURNED, "prosecutor", {"陈内勤"}),
        (Move.SUPPORT, "chief", {"李检察官", "陈内勤"}),
        (Act.NOTE, "prosecutor", set()),
        (Act.NOTE, "assistant", {"李检察官"}),
    ],
)
def test_those_hear_of_it_whom_it_concerns_but_never_who_did_it(case, cast, kind, by, hear):
    event = event_of(case, kind, getattr(cast, by))

    assert {person.name for person in notices.recipients(event)} == hear


def test_an_event_is_told_after_the_commit_and_once(case, clerk, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        event = event_of(case, Act.RECOVERY_VERIFIED, clerk)
        assert Notification.objects.count() == 0

    assert [(n.title, n.url) for n in case.handler.notifications.all()] == [
        (f"{case}：核对到账", case.get_absolute_url())
    ]
    assert notices.announce(event.pk) == 0
    assert case.handler.notifications.count() == 1


def test_the_sweep_makes_what_the_nudge_lost(case, clerk):
    event = event_of(case, Act.RECOVERY_VERIFIED, clerk)

    assert notices.sweep() == 1
    assert notices.sweep() == 0
    assert Announcement.objects.get(event=event).done_at is not None
    assert case.handler.notifications.count() == 1


def test_the_sweep_leaves_alone_what_somebody_holds(case, clerk):
    event = event_of(case, Act.RECOVERY_VERIFIED, clerk)
    Announcement.objects.filter(event=event).update(lease_until=clock.now() + timedelta(seconds=30))

    assert notices.sweep() == 0


def test_the_sweep_is_part_of_the_work_of_every_minute(case, clerk):
    event_of(case, Act.RECOVERY_VERIFIED, clerk)

    assert {outcome.name: outcome.result for outcome in sweep.run()}["case-announcements"] == 1


def test_a_notice_names_nobody(case, clerk):
    notices.announce(event_of(case, Act.RECOVERY_VERIFIED, clerk).pk)

    title = case.handler.notifications.get().title
    assert [name for name in case.claimants.values_list("person__name", flat=True) if name in title] == []
