"""群机器人: shapes, signature, merging and rate, against a real server that plays the robot."""

import base64
import hashlib
import hmac
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest

from core import clock
from notifications import bots, sending
from notifications.models import Channel, Delivery
from tests.notifications.conftest import NOON
from tests.notifications.factories import ChannelFactory, DeliveryFactory

SECRET = "SEC-geheim-0815"


@pytest.fixture
def channel(office, robot, noon):
    return ChannelFactory(organisation=office, address=f"{robot.origin}/send?key=geheim-4711")


def lines(channel, person, count, **facts):
    return [
        DeliveryFactory(kind="bot", channel=channel, notification__recipient=person, **facts)
        for _ in range(count)
    ]


def states(**about):
    return sorted(Delivery.objects.filter(**about).values_list("status", flat=True))


def sweep_at(seconds):
    with clock.travel(NOON + timedelta(seconds=seconds)):
        return sending.sweep()


def test_wecom_gets_markdown(channel, robot, prosecutor, settings):
    settings.SITE_URL = "https://zhichi.example.gov.cn"
    lines(channel, prosecutor, 1)

    assert sending.sweep() == 1

    text = (
        "【支持起诉】150902-2026-0016 审查期限剩 2 天（11-25）。[打开](https://zhichi.example.gov.cn/desk/)"
    )
    assert robot.heard == [("/send?key=geheim-4711", {"msgtype": "markdown", "markdown": {"content": text}})]
    channel.refresh_from_db()
    assert channel.last_sent_at == NOON


def test_dingtalk_gets_signed_text(channel, robot, prosecutor):
    Channel.objects.update(kind="dingtalk")
    channel.refresh_from_db()
    channel.secret = SECRET
    channel.save(update_fields=["secret"])
    lines(channel, prosecutor, 1)

    assert sending.sweep() == 1

    ((path, payload),) = robot.heard
    asked = {name: values[0] for name, values in parse_qs(urlsplit(path).query).items()}
    message = f"{asked['timestamp']}\n{SECRET}".encode()
    assert (
        asked["sign"]
        == base64.b64encode(hmac.new(SECRET.encode(), message, hashlib.sha256).digest()).decode()
    )
    assert asked["timestamp"] == str(int(NOON.timestamp() * 1000))
    assert payload["msgtype"] == "text"
    assert payload["text"]["content"].startswith("【支持起诉】150902-2026-0016")


def test_what_waits_is_merged_into_messages_of_twenty_lines_at_most(channel, robot, prosecutor):
    lines(channel, prosecutor, 25)

    assert [sweep_at(0), sweep_at(1), sweep_at(2.9), sweep_at(3), sweep_at(6)] == [20, 0, 0, 5, 0]

    assert [len(body["markdown"]["content"].splitlines()) for _, body in robot.heard] == [20, 5]


def test_long_lines_never_grow_beyond_what_wecom_takes(channel, robot, prosecutor):
    lines(channel, prosecutor, 20, notification__title="期" * 120)

    for seconds in range(0, 60, 3):
        sweep_at(seconds)

    sizes = [len(body["markdown"]["content"].encode()) for _, body in robot.heard]
    assert max(sizes) <= 4096
    assert states() == ["sent"] * 20


def test_at_most_twenty_messages_a_minute_however_often_one_asks(channel, robot, prosecutor):
    for tenth in range(0, 600, 5):
        lines(channel, prosecutor, 1)
        sweep_at(tenth / 10)

    assert 15 <= len(robot.heard) <= 20


def test_the_rate_is_of_the_group_not_of_the_worker(channel):
    with clock.travel(NOON), sending.transaction.atomic():
        assert sending.take_turn(channel.pk)
        assert sending.take_turn(channel.pk) is None


def test_two_groups_do_not_wait_for_each_other(channel, robot, office, prosecutor):
    second = ChannelFactory(organisation=office, address=f"{robot.origin}/other")
    lines(channel, prosecutor, 1)
    lines(second, prosecutor, 1)

    assert sending.sweep() == 2


def test_200_with_an_error_code_is_a_failure_and_tried_again(channel, robot, prosecutor):
    robot.answer = b'{"errcode": 93000, "errmsg": "invalid webhook url key=geheim-4711"}'
    (line,) = lines(channel, prosecutor, 1)

    assert sweep_at(0) == 0
    line.refresh_from_db()
    assert (line.status, line.error) == ("waiting", "对方没有接收，错误码 93000。")
    robot.answer = b'{"errcode": 0}'
    assert sweep_at(60) == 1


@pytest.mark.parametrize("answer", [b"{}", b'{"errcode": null}', b'{"errcode": "0"}', b'{"errcode": false}'])
def test_only_a_plain_zero_is_believed(channel, robot, answer):
    robot.answer = answer

    with pytest.raises(bots.outbound.NotSent):
        bots.post(channel, bots.trial(channel))


def test_a_group_that_fails_for_good_rings_its_administrator(channel, robot, prosecutor, sysadmin):
    robot.status = 500
    lines(channel, prosecutor, 3, attempts=3)

    sweep_at(0)

    assert states() == ["failed"] * 3
    (notice,) = sysadmin.notifications.all()
    assert notice.title == f"企业微信 {channel.name}发不出去，请查看投递记录"


def test_a_group_switched_off_hears_nothing(channel, robot, prosecutor):
    lines(channel, prosecutor, 1)
    Channel.objects.update(is_active=False)

    assert (sending.sweep(), robot.heard) == (0, [])


def test_a_title_cannot_smuggle_a_link(channel, robot, prosecutor):
    lines(channel, prosecutor, 1, notification__title="[点这里](https://evil.example/) <a>")

    sending.sweep()

    content = robot.heard[0][1]["markdown"]["content"]
    assert content.count("](") == 1
    assert "<" not in content
