from datetime import date, datetime, timedelta

import pytest
from django.core.cache import cache

from core import clock
from deadlines import digest as work
from deadlines.models import Deadline
from notifications import digest, sending
from notifications.models import Delivery, Notification
from tests.accounts.factories import UserFactory
from tests.deadlines.factories import DeadlineFactory, TaskFactory
from tests.notifications.factories import NotificationFactory, PreferenceFactory

TODAY = date(2026, 11, 25)  # a Wednesday


def at(hour, minute=30, day=25):
    return datetime(2026, 11, day, hour, minute, tzinfo=clock.SHANGHAI)


def run_at(moment, *, forget=True):
    if forget:
        cache.clear()
    with clock.travel(moment):
        return digest.run()


def due(person, day):
    """A running deadline of this person with that due day."""
    deadline = DeadlineFactory(responsible=person)
    Deadline.objects.filter(pk=deadline.pk).update(due_on=day, warn_on=day)


@pytest.fixture
def busy(prosecutor):
    for days in (-3, -1, 0, 1, 2, 3, 4):
        due(prosecutor, TODAY + timedelta(days=days))
    TaskFactory(assigned_to=prosecutor, due_on=TODAY + timedelta(days=1))
    return prosecutor


def titles(user):
    return [notice.title for notice in user.notifications.order_by("pk")]


def test_the_digest_counts_what_is_due(busy, clerk):
    assert run_at(at(8)) == 1

    assert titles(busy) == ["今日待办：已超期 2 项，今天 1 项，3 日内 4 项"]
    assert titles(clerk) == []


def test_before_half_past_eight_nobody_is_told(busy):
    assert run_at(at(8, 29)) == 0


def test_two_schedulers_and_a_flushed_cache_tell_once(busy):
    assert [run_at(at(8)), run_at(at(8, 31)), run_at(at(9))] == [1, 0, 0]


def test_a_missed_digest_comes_the_same_day_and_says_so(busy):
    assert run_at(at(14, 0)) == 1

    assert titles(busy)[0].endswith("（补发）")


def test_rest_days_have_no_digest_and_make_up_days_do(busy):
    assert run_at(at(8, day=28)) == 0  # a Saturday
    assert work.is_working_day(date(2026, 10, 10))  # 国庆 make-up Saturday
    assert not work.is_working_day(date(2026, 10, 1))


def test_whoever_switched_it_off_is_left_alone(busy):
    PreferenceFactory(user=busy, digest=False)

    assert run_at(at(8)) == 0


def test_what_was_chosen_for_the_digest_is_in_its_letter(busy, settings, mail_server):
    busy.email = "li@example.gov.cn"
    busy.save(update_fields=["email"])
    with clock.travel(at(15, day=24)):
        NotificationFactory(recipient=busy, topic="case", title="150902-2026-0016 已受理", url="/cases/x/")
        NotificationFactory(recipient=busy, topic="case", title="读过的", read_at=clock.now())
        NotificationFactory(recipient=busy, topic="deadline", title="已单独发过的")

    run_at(at(8))
    with clock.travel(at(8, 31)):
        assert sending.sweep() == 1

    assert titles(busy)[-1].endswith("；通知 1 条")
    text = mail_server.texts()[0]
    assert "- 150902-2026-0016 已受理 http" in text
    assert "读过的" not in text
    assert "已单独发过的" not in text


def test_a_line_is_gathered_by_one_digest_only(prosecutor):
    with clock.travel(at(15, day=24)):
        NotificationFactory(recipient=prosecutor, topic="case")

    assert [run_at(at(8)), run_at(at(8, day=26))] == [1, 0]


def test_after_a_weekend_everything_since_friday_is_gathered(prosecutor):
    with clock.travel(at(17, day=27)):
        NotificationFactory(recipient=prosecutor, topic="case")

    assert run_at(at(8, day=30)) == 1


def test_a_batch_costs_the_same_for_one_and_for_many(busy, office, django_assert_max_num_queries):
    with django_assert_max_num_queries(40) as few:
        run_at(at(8))
    for _ in range(8):
        due(UserFactory(organisation=office), TODAY)
    Notification.objects.all().delete()

    with django_assert_max_num_queries(len(few)):
        assert run_at(at(8)) == 9


def test_the_day_is_asked_about_once(busy, django_assert_max_num_queries):
    run_at(at(8))
    with clock.travel(at(8, 31)):
        digest.run()
        with django_assert_max_num_queries(1):  # the calendar
            assert digest.run() == 0


def test_a_group_never_hears_a_persons_digest(busy, office):
    from_group = {"kind": "bot"}
    run_at(at(8))

    assert not Delivery.objects.filter(**from_group).exists()
