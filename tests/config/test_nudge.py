"""A broker that is down costs nothing: the request is answered, the row waits for the sweep."""

import pytest
from django.db import transaction
from kombu.exceptions import OperationalError

from cases.models import Announcement
from cases.notices import sweep
from cases.tasks import announce
from cases.transitions import advance
from cases.workflow import Move
from config.nudge import Nudge
from tests.cases.factories import case_of_office


@pytest.mark.parametrize("error", [OperationalError("down"), FileNotFoundError("var/broker")])
def test_a_dead_broker_does_not_break_what_was_saved(
    cast, monkeypatch, caplog, django_capture_on_commit_callbacks, error
):
    def down(*args, **kwargs):
        raise error

    case = case_of_office(cast, review=True)
    monkeypatch.setattr(announce, "delay", down)
    with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
        advance(case, Move.SUBMIT, by=cast.assistant)

    assert "cases.tasks.announce" in caplog.text
    assert Announcement.objects.get().done_at is None
    assert sweep() == 1
    assert Announcement.objects.get().done_at is not None


def test_every_task_of_ours_is_a_nudge():
    assert isinstance(announce, Nudge)
