"""Letters and text messages on their way out: a real mail server on the loopback, a real folder."""

import json
import logging
import smtplib
import time
from datetime import timedelta

import pytest

from core import clock
from notifications import sending
from notifications.models import Notification
from tests.notifications.conftest import NOON
from tests.notifications.factories import DeliveryFactory, PreferenceFactory
from tests.tripwire import CANARY

MINUTE = timedelta(minutes=1)


@pytest.fixture
def reader(prosecutor):
    prosecutor.email = "li@example.gov.cn"
    prosecutor.save(update_fields=["email"])
    return prosecutor


@pytest.fixture
def letter(reader, noon):
    return DeliveryFactory(notification__recipient=reader)


@pytest.fixture
def text_message(prosecutor, noon, settings, tmp_path):
    settings.SMS_DROP_DIR = str(tmp_path / "sms")
    (tmp_path / "sms").mkdir()
    PreferenceFactory(user=prosecutor, mobile=CANARY.phone)
    return DeliveryFactory(notification__recipient=prosecutor, kind="sms")


def outcome(delivery):
    delivery.refresh_from_db()
    return delivery.status, delivery.attempts, delivery.error


def sweep_at(minutes):
    with clock.travel(NOON + minutes * MINUTE):
        return sending.sweep()


def test_a_letter_arrives_as_plain_text_with_code_day_and_link(mail_server, letter, settings):
    settings.SITE_URL = "https://zhichi.example.gov.cn"

    assert sending.sweep() == 1

    (received,) = mail_server.letters
    assert received.get_content_type() == "text/plain"
    assert received["To"] == "li@example.gov.cn"
    assert received["Message-ID"] == f"<delivery-{letter.pk}@zhichi.example.gov.cn>"
    first = mail_server.texts()[0].splitlines()[0]
    assert first == (
        "【支持起诉】150902-2026-0016 审查期限剩 2 天（11-25）。打开：https://zhichi.example.gov.cn/desk/"
    )
    assert outcome(letter) == ("sent", 1, "")


def test_each_reader_gets_one_letter_over_one_connection(mail_server, office, noon, monkeypatch):
    dialled = []
    real = smtplib.SMTP.connect
    monkeypatch.setattr(smtplib.SMTP, "connect", lambda *a, **k: dialled.append(1) or real(*a, **k))
    for n in range(5):
        DeliveryFactory(
            notification__recipient__organisation=office, notification__recipient__email=f"p{n}@example.cn"
        )

    assert (sending.sweep(), sending.sweep()) == (5, 0)

    assert sorted(each["To"] for each in mail_server.letters) == [f"p{n}@example.cn" for n in range(5)]
    assert len(dialled) == 1


def test_a_line_break_in_a_title_begins_no_header(mail_server, letter):
    Notification.objects.update(title="150902-2026-0016\r\nBcc: evil@example.com")

    assert sending.sweep() == 1
    assert mail_server.letters[0]["Bcc"] is None


def test_a_refused_connection_is_tried_again_and_succeeds(no_mail_server, letter, request):
    assert sending.sweep() == 0
    assert outcome(letter) == ("waiting", 1, "连不上邮件服务器。")
    assert letter.not_before == NOON + MINUTE

    box = request.getfixturevalue("mail_server")

    assert sweep_at(0) == 0
    assert sweep_at(1) == 1
    assert (len(box.letters), outcome(letter)) == (1, ("sent", 2, ""))


def test_a_server_down_for_an_hour_is_shown_to_the_administrator_once(no_mail_server, letter, sysadmin):
    for minutes in range(60):
        sweep_at(minutes)

    assert outcome(letter) == ("failed", 4, "连不上邮件服务器。")
    (notice,) = sysadmin.notifications.all()
    assert notice.title == "邮件发不出去，请查看投递记录"
    assert notice.url == "/settings/deliveries/?status=failed"
    assert reader_still_told(letter)


def reader_still_told(letter):
    return letter.notification.recipient.notifications.unread().count() == 1


def test_the_tries_are_one_five_and_fifteen_minutes_apart(no_mail_server, letter):
    tried = []
    for minutes in range(30):
        before = outcome(letter)[1]
        sweep_at(minutes)
        tried += [minutes] if outcome(letter)[1] > before else []

    assert tried == [0, 1, 6, 21]


def test_an_hour_of_failures_rings_once_and_the_next_hour_again(no_mail_server, reader, sysadmin, noon):
    for minutes in (0, 20, 60):
        with clock.travel(NOON + minutes * MINUTE):
            DeliveryFactory(notification__recipient=reader, attempts=3)
            sending.sweep()

    assert sysadmin.notifications.count() == 2


def test_a_partners_failure_is_told_to_the_office_that_looks_after_it(
    no_mail_server, legalaid, sysadmin, noon
):
    legalaid.email = "z@example.cn"
    legalaid.save(update_fields=["email"])
    DeliveryFactory(notification__recipient=legalaid, attempts=3)

    sending.sweep()

    assert sysadmin.notifications.count() == 1


def test_what_was_settled_is_never_sent(mail_server, letter):
    Notification.objects.update(source="deadline:1")
    Notification.objects.settle("deadline:1")

    assert (sending.sweep(), outcome(letter)) == (0, ("withdrawn", 0, ""))


def test_what_is_settled_while_its_batch_is_under_way_is_not_sent(mail_server, letter):
    (claimed,) = sending.claim("mail")
    Notification.objects.update(source="deadline:1")
    Notification.objects.settle("deadline:1")

    assert sending._carry([claimed], lambda delivery: pytest.fail("sent"), end=float("inf")) == 0


def test_an_offer_older_than_a_week_fails_instead_of_going_out(mail_server, letter):
    with clock.travel(NOON + timedelta(days=7, minutes=1)):
        assert sending.sweep() == 0

    assert outcome(letter)[0] == "failed"
    assert outcome(letter)[2].startswith("过期")
    assert mail_server.letters == []


def test_a_late_letter_waits_for_the_end_of_quiet_hours_unless_urgent(mail_server, reader, noon):
    calm, hot = (DeliveryFactory(notification__recipient=reader, notification__urgent=u) for u in (0, 1))

    assert sweep_at(9 * 60) == 1

    assert (outcome(calm)[0], outcome(hot)[0]) == ("waiting", "sent")
    assert calm.not_before == NOON + timedelta(hours=20)


def test_a_sender_that_died_leaves_a_lease_that_runs_out(mail_server, letter):
    (claimed,) = sending.claim("mail")
    assert sending.sweep() == 0

    assert sweep_at(1) == 1
    assert outcome(letter) == ("sent", 2, "")
    # the dead one's late word changes nothing
    assert sending._finish(claimed, status="failed", error="x") == 0


def test_a_lease_is_short_and_what_broke_off_four_times_fails(letter):
    assert timedelta(seconds=45) >= sending.LEASE
    for minutes in range(4):
        with clock.travel(NOON + minutes * MINUTE):
            assert len(sending.claim("mail")) == 1

    sweep_at(4)

    assert outcome(letter) == ("failed", 4, "发送多次中断。")


def test_what_the_stint_has_no_time_for_goes_back_uncounted(letter):
    batch = sending.claim("mail")

    assert sending._carry(batch, lambda delivery: pytest.fail("sent"), end=0) == 0
    assert outcome(letter) == ("waiting", 0, "")
    assert letter.lease_until is None


def test_the_network_is_never_spoken_to_inside_the_claim(mail_server, letter, monkeypatch):
    depth = []
    real = sending.bodies.mail
    connection = Notification.objects.none().db

    def spy(delivery):
        depth.append(len(sending.transaction.get_connection(connection).savepoint_ids))
        return real(delivery)

    monkeypatch.setattr(sending.bodies, "mail", spy)
    outside = len(sending.transaction.get_connection(connection).savepoint_ids)
    sending.sweep()

    assert depth == [outside]


def test_a_text_message_is_one_whole_file_with_mobile_and_text(text_message, tmp_path):
    assert sending.sweep() == 1

    (file,) = (tmp_path / "sms").iterdir()
    assert file.name == f"zhichi-{text_message.pk}.json"
    content = json.loads(file.read_text())
    assert content["mobile"] == CANARY.phone
    assert content["text"].startswith("【支持起诉】150902-2026-0016 审查期限剩 2 天")
    assert set(content) == {"id", "mobile", "text"}


def test_a_repeated_text_message_is_the_same_file(text_message, tmp_path):
    sending._drop(text_message)
    sending._drop(text_message)

    assert len(list((tmp_path / "sms").iterdir())) == 1


def test_a_half_written_file_never_bears_the_real_name(text_message, tmp_path, monkeypatch):
    def full(descriptor):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("notifications.sms.os.fsync", full)
    sending.sweep()

    assert list((tmp_path / "sms").glob("zhichi-*")) == []
    assert outcome(text_message) == ("waiting", 1, "短信文件没有写成，请检查磁盘空间和权限。")


def test_a_folder_that_cannot_be_written_is_tried_again_then_shown(
    text_message, settings, tmp_path, sysadmin
):
    (tmp_path / "no-folder").write_text("")
    settings.SMS_DROP_DIR = str(tmp_path / "no-folder")

    for minutes in range(30):
        sweep_at(minutes)

    assert outcome(text_message) == ("failed", 4, "短信文件夹不存在，请检查服务器设置。")
    assert [notice.title for notice in sysadmin.notifications.all()] == ["短信发不出去，请查看投递记录"]


def test_no_mobile_and_no_address_in_logs(text_message, letter, no_mail_server, settings, caplog):
    settings.SMS_DROP_DIR = "/proc/nowhere"
    with caplog.at_level(logging.DEBUG):
        sending.sweep()

    assert "没有发出" in caplog.text
    assert CANARY.phone not in caplog.text
    assert "li@example" not in caplog.text


def test_who_comes_back_after_the_lease_neither_sends_nor_contradicts_whoever_took_over(letter):
    (slow,) = sending.claim("mail")
    with clock.travel(NOON + sending.LEASE + MINUTE):
        (other,) = sending.claim("mail")
        sent = []
        assert sending._carry([slow], sent.append, time.monotonic() + 60) == 0
        assert sent == []
        sending._finish(slow, status="failed", error="连不上邮件服务器。")
        assert outcome(letter) == ("waiting", 2, "")

        assert sending._finish(other, status="sent") == 1
        sending._finish(slow, status="failed", error="连不上邮件服务器。")
    assert outcome(letter) == ("sent", 2, "")
