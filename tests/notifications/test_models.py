from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from accounts.navigation import counts_for
from core import clock
from notifications.models import Notification
from tests.accounts.factories import UserFactory
from tests.notifications.factories import NotificationFactory

BELL = "notifications:list"
ONE = {"key": "case-event-1", "title": "150902-2026-0016 已受理", "url": "/cases/150902-2026-0016/"}


def test_deliver_tells_each_recipient_once_however_often_it_runs(prosecutor, clerk):
    assert Notification.objects.deliver([prosecutor], **ONE) == 1
    assert Notification.objects.deliver([prosecutor, clerk, clerk], **ONE) == 1
    assert Notification.objects.deliver([prosecutor, clerk], **ONE) == 0

    assert sorted(n.recipient_id for n in Notification.objects.all()) == sorted([prosecutor.pk, clerk.pk])


def test_deliver_counts_only_its_own_occasion(prosecutor):
    Notification.objects.deliver([prosecutor], **ONE)

    assert Notification.objects.deliver([prosecutor], **{**ONE, "key": "case-event-2"}) == 1


def test_deliver_tells_nobody_who_left(office):
    assert Notification.objects.deliver([UserFactory(organisation=office, is_active=False)], **ONE) == 0
    assert Notification.objects.deliver([], **ONE) == 0


def test_the_database_refuses_a_second_of_the_same_occasion(prosecutor):
    NotificationFactory(recipient=prosecutor, key="x")

    with pytest.raises(IntegrityError, match="notification_once_per_person"), transaction.atomic():
        NotificationFactory(recipient=prosecutor, key="x")


def test_reading_twice_keeps_the_first_time(prosecutor):
    notification = NotificationFactory(recipient=prosecutor)
    first = clock.now()
    with clock.travel(first):
        prosecutor.notifications.mark_read()
    with clock.travel(first + timedelta(days=1)):
        prosecutor.notifications.mark_read()

    notification.refresh_from_db()
    assert notification.read_at == first


def test_the_bell_counts_my_unread(prosecutor, clerk):
    NotificationFactory.create_batch(2, recipient=prosecutor)
    NotificationFactory(recipient=prosecutor, read_at=clock.now())
    NotificationFactory(recipient=clerk)

    assert counts_for(prosecutor, [BELL])[BELL] == (2, True)
    assert counts_for(UserFactory(), [BELL])[BELL] == (0, False)
