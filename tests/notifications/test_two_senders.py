"""T50 for what leaves the house: two senders at once, and one that dies in the middle."""

import os
import signal
import subprocess
import sys
import threading
import time
from datetime import datetime, timedelta

import pytest
from django.conf import settings as django_settings
from django.db import connection, connections

from core import clock
from notifications import digest, sending
from notifications.models import Delivery, Notification
from tests.notifications.factories import (
    ChannelFactory,
    DeliveryFactory,
    NotificationFactory,
    PreferenceFactory,
)

pytestmark = [pytest.mark.concurrency, pytest.mark.django_db(transaction=True)]


def at_once(work, count=2):
    """Run `work` in threads that start together; what each returned."""
    barrier, found = threading.Barrier(count), []

    def run():
        try:
            with clock.travel(digest_hour()):
                barrier.wait(10)
                found.append(work())
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run) for _ in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return found


def digest_hour():
    return datetime(2026, 11, 25, 8, 30, tzinfo=clock.SHANGHAI)


def test_two_senders_at_once_send_each_letter_once(mail_server, office):
    with clock.travel(digest_hour()):
        for n in range(20):
            DeliveryFactory(
                notification__recipient__organisation=office,
                notification__recipient__email=f"p{n}@example.cn",
            )

    assert sum(at_once(sending.sweep)) == 20

    assert sorted(each["To"] for each in mail_server.letters) == sorted(f"p{n}@example.cn" for n in range(20))
    assert set(Delivery.objects.values_list("attempts", flat=True)) == {1}


def test_two_workers_keep_the_rate_of_a_group_together(robot, office, prosecutor):
    with clock.travel(digest_hour()):
        channel = ChannelFactory(organisation=office, address=f"{robot.origin}/send")
        for _ in range(30):
            DeliveryFactory(kind="bot", channel=channel, notification__recipient=prosecutor)

    at_once(sending.sweep)

    assert len(robot.heard) == 1


def test_two_schedulers_make_one_digest(prosecutor):
    with clock.travel(digest_hour() - timedelta(hours=20)):
        NotificationFactory(recipient=prosecutor, topic="case")

    at_once(digest.run)

    assert Notification.objects.filter(topic="digest").count() == 1


SEND = """
import django
django.setup()
from notifications import sending
sending.sweep()
"""


def _address(database):
    who = database["USER"] + (f":{database['PASSWORD']}" if database["PASSWORD"] else "")
    place = (database.get("OPTIONS") or {}).get("host") or database["HOST"] or ""
    if place.startswith("/"):
        return f"postgres://{who}@/{database['NAME']}?host={place}"
    return f"postgres://{who}@{place}:{database['PORT']}/{database['NAME']}"


@pytest.mark.kill
def test_a_sender_killed_in_the_middle_costs_at_most_one_recognisable_repeat(
    mail_server, office, settings, monkeypatch
):
    taken = threading.Event()
    real = mail_server.handle_message

    def slow(message):  # the second letter is taken, and its sender dies before it hears so
        real(message)
        if len(mail_server.letters) == 2:
            taken.set()
            time.sleep(1)

    monkeypatch.setattr(mail_server, "handle_message", slow)
    for n in range(4):
        person = PreferenceFactory(
            user__organisation=office,
            user__email=f"p{n}@example.cn",
            quiet_from="09:00",
            quiet_to="09:00",
        ).user
        DeliveryFactory(notification__recipient=person)
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "config.settings.dev",
        "DATABASE_URL": _address(connection.settings_dict),
        "FIELD_KEYS_FILE": str(django_settings.FIELD_KEYS_FILE),
        "EMAIL_HOST": settings.EMAIL_HOST,
        "EMAIL_PORT": str(settings.EMAIL_PORT),
        "SITE_URL": settings.SITE_URL,
    }
    sender = subprocess.Popen([sys.executable, "-c", SEND], env=environment, cwd=django_settings.BASE_DIR)
    assert taken.wait(60)
    os.kill(sender.pid, signal.SIGKILL)
    sender.wait()
    time.sleep(1.2)

    with clock.travel(clock.now() + timedelta(minutes=1)):
        sending.sweep()

    numbers = [each["Message-ID"] for each in mail_server.letters]
    assert (len(set(numbers)), len(numbers)) == (4, 5)
    assert set(Delivery.objects.values_list("status", flat=True)) == {"sent"}
