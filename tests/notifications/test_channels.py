from datetime import datetime, time, timedelta

import pytest

from audit.models import Entry
from core import clock
from core.refusals import Refused
from notifications import actions, sending
from notifications.models import Channel, Delivery, Notification
from tests.cast import client_for
from tests.htmx import assert_panel_is_part_of_page
from tests.notifications.factories import ChannelFactory, DeliveryFactory, NotificationFactory

URL = "/settings/channels/"
LOG = "/settings/deliveries/"
KEY = "geheim-4711-abcd"
ADDRESS = f"https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key={KEY}"
SECRET = "SEC-0815-geheim"


@pytest.fixture(autouse=True)
def listed(settings):
    settings.OUTBOUND_HOSTS = ["qyapi.weixin.qq.com"]


@pytest.fixture
def client(sysadmin):
    return client_for(sysadmin)


@pytest.fixture
def channel(office, sysadmin):
    return ChannelFactory(organisation=office, created_by=sysadmin, address=ADDRESS, secret=SECRET)


def filled(**changes):
    usual = {"name": "工作群", "kind": "dingtalk", "address": ADDRESS, "secret": SECRET, "version": "0"}
    hours = {"quiet_from": "20:00", "quiet_to": "08:00"}
    return usual | hours | {"topics": ["deadline", "urge"]} | changes


def secrets_in(text):
    return [word for word in (KEY, SECRET, ADDRESS) if word in text]


def test_a_new_group_belongs_to_the_unit_and_stands_in_the_log_without_its_key(client, office):
    assert client.post(f"{URL}new/", filled()).headers["Location"] == URL

    made = Channel.objects.get()
    assert (made.organisation, made.address, made.secret) == (office, ADDRESS, SECRET)
    assert made.topics == ["deadline", "urge"]
    entry = Entry.objects.get(verb="setting_changed")
    assert secrets_in(f"{entry.target_label} {entry.detail}") == []


def test_what_is_secret_never_comes_back_to_a_page(client, channel):
    bodies = [
        client.get(URL),
        client.get(f"{URL}{channel.pk}/"),
        client.get(f"{URL}{channel.pk}/test/"),
        client.post(f"{URL}{channel.pk}/", filled(name="")),
        client.post(f"{URL}new/", filled(name="")),
    ]

    assert [response.status_code for response in bodies] == [200, 200, 200, 422, 422]
    assert [secrets_in(response.content.decode()) for response in bodies] == [[]] * 5
    assert "已填，末四位 abcd" in bodies[0].content.decode()


def test_empty_secrets_keep_what_is_stored(client, channel):
    data = filled(name="新名称", address="", secret="", version="1", is_active="on")

    assert client.post(f"{URL}{channel.pk}/", data).status_code == 302

    channel.refresh_from_db()
    assert (channel.name, channel.address, channel.secret) == ("新名称", ADDRESS, SECRET)
    assert channel.version == 2


def test_a_stored_secret_can_be_removed_and_not_replaced_at_the_same_time(client, channel):
    data = filled(address="", version="1", is_active="on", drop_secret="on")

    both = client.post(f"{URL}{channel.pk}/", data)
    assert (both.status_code, "请只留一个" in both.content.decode()) == (422, True)
    assert client.post(f"{URL}{channel.pk}/", data | {"secret": ""}).status_code == 302

    channel.refresh_from_db()
    assert (channel.secret, channel.address) == (None, ADDRESS)
    assert "加签密钥" in Entry.objects.get(verb="setting_changed").detail
    assert "drop_secret" not in client.get(f"{URL}{channel.pk}/").content.decode()


def test_where_nothing_may_leave_the_form_says_so_before_it_is_filled_in(client, office, sysadmin, settings):
    settings.OUTBOUND_HOSTS = []
    channel = ChannelFactory(organisation=office, created_by=sysadmin)

    listed, blank = client.get(URL), client.get(f"{URL}new/")
    posted, trial = client.post(f"{URL}new/", filled()), client.get(f"{URL}{channel.pk}/test/")

    assert f'href="{URL}new/"' not in listed.content.decode()
    for answer, status in ((listed, 200), (blank, 200), (posted, 422), (trial, 200)):
        assert (answer.status_code, "对外发送没有开启" in answer.content.decode()) == (status, True)
    assert 'name="address"' not in blank.content.decode() + posted.content.decode()
    assert Channel.objects.get() == channel
    with pytest.raises(Refused, match="对外发送没有开启"):
        actions.add_channel(by=sysadmin, name="工作群", kind="wecom", address=ADDRESS, topics=["deadline"])


@pytest.mark.parametrize(("urgent", "hour"), [(False, 14), (True, 12)])
def test_a_group_has_quiet_hours_of_its_own_which_the_overdue_passes(
    client, channel, prosecutor, urgent, hour
):
    client.post(
        f"{URL}{channel.pk}/",
        filled(address="", secret="", version="1", is_active="on", quiet_from="11:30", quiet_to="14:00"),
    )
    noon = datetime(2026, 11, 25, 12, tzinfo=clock.SHANGHAI)

    with clock.travel(noon):
        Notification.objects.deliver(
            [prosecutor], key="1", title="期限", url="/desk/", topic="deadline", urgent=urgent
        )

    assert Delivery.objects.get(kind="bot").not_before == noon.replace(hour=hour)


def test_what_waits_when_quiet_hours_are_set_is_held_back_too(channel, robot, prosecutor):
    noon = datetime(2026, 11, 25, 12, tzinfo=clock.SHANGHAI)
    channel.quiet_from, channel.quiet_to, channel.address = time(11, 30), time(14), f"{robot.origin}/send"
    channel.save()
    with clock.travel(noon - timedelta(hours=1)):
        for urgent in (False, True):
            DeliveryFactory(
                kind="bot",
                channel=channel,
                notification__recipient=prosecutor,
                notification__urgent=urgent,
            )

    with clock.travel(noon):
        assert (sending.sweep(), len(robot.heard)) == (1, 1)
    assert Delivery.objects.get(status="waiting").not_before == noon.replace(hour=14)
    with clock.travel(noon.replace(hour=14)):
        assert sending.sweep() == 1


def test_switching_off_withdraws_what_waits(client, channel, prosecutor):
    DeliveryFactory(kind="bot", channel=channel, notification__recipient=prosecutor)

    client.post(f"{URL}{channel.pk}/", filled(address="", secret="", version="1"))

    channel.refresh_from_db()
    assert (channel.is_active, Delivery.objects.get().status) == (False, "withdrawn")


def test_a_stale_form_is_a_conflict(client, channel):
    response = client.post(f"{URL}{channel.pk}/", filled(name="别的", version="7", is_active="on"))

    assert response.status_code == 409
    assert "别的" in response.content.decode()


@pytest.mark.parametrize(
    "hostile",
    [
        {"address": "http://169.254.169.254/latest"},
        {"address": "https://evil.example/?key=1"},
        {"address": "https://qyapi.weixin.qq.com@evil.example/"},
        {"kind": "telegram"},
        {"topics": ["digest"]},
        {"topics": []},
        {"address": ""},
        {"name": "x" * 41},
    ],
)
def test_hostile_input_is_refused(client, hostile):
    assert client.post(f"{URL}new/", filled(**hostile)).status_code == 422
    assert not Channel.objects.exists()


def test_two_groups_of_one_name_are_refused_with_a_sentence(client, channel):
    response = client.post(f"{URL}new/", filled(name=channel.name))

    assert response.status_code == 422
    assert "已有同名" in response.content.decode()


def test_the_test_shows_what_is_sent_and_what_came_back(client, channel, robot):
    channel.address = f"{robot.origin}/send?key={KEY}"
    channel.save(update_fields=["address"])
    robot.answer = f'{{"errcode": 0, "errmsg": "ok {KEY} {SECRET}"}}'.encode()

    before = client.get(f"{URL}{channel.pk}/test/")
    after = client.post(f"{URL}{channel.pk}/test/")
    again = client.post(f"{URL}{channel.pk}/test/")

    shown = before.context["payload"]
    assert robot.heard[0][1]["markdown"]["content"] in shown
    assert (after.status_code, again.status_code, len(robot.heard)) == (200, 422, 1)
    assert "对方的回答" in after.content.decode()
    assert secrets_in(after.content.decode()) == []
    assert "隔三秒" in again.content.decode()


def test_a_failed_test_says_why(client, channel, robot):
    channel.address = f"{robot.origin}/send?key={KEY}"
    channel.save(update_fields=["address"])
    robot.answer = b'{"errcode": 93000}'

    response = client.post(f"{URL}{channel.pk}/test/")

    assert response.status_code == 422
    assert "错误码 93000" in response.content.decode()


def test_the_page_tells_whether_mail_is_on_and_never_its_password(client, settings):
    settings.EMAIL_HOST, settings.EMAIL_HOST_PASSWORD = "mail.example.gov.cn", "geheim-0815"

    shown = client.get(URL).content.decode()

    assert "已接通 mail.example.gov.cn:25，未加密" in shown
    assert "geheim-0815" not in shown


def test_the_log_shows_how_and_when_and_not_what(client, channel, prosecutor):
    notification = NotificationFactory(recipient=prosecutor, title="150902-2026-0016 审查期限")
    DeliveryFactory(notification=notification, failed=True)

    shown = client.get(LOG).content.decode()

    assert "连不上邮件服务器。" in shown
    assert "150902-2026-0016" not in shown
    assert prosecutor.name not in shown


def test_the_log_is_filtered_by_state_channel_and_day(client, channel, prosecutor):
    failed = DeliveryFactory(notification__recipient=prosecutor, failed=True)
    DeliveryFactory(kind="bot", channel=channel, notification__recipient=prosecutor)

    def found(**query):
        return [each.pk for each in client.get(LOG, query).context["deliveries"]]

    day = failed.created_at.astimezone().date().isoformat()
    assert found(status="failed") == found(kind="mail") == found(kind="mail", day=day) == [failed.pk]
    assert found(day="2020-01-01") == []
    assert len(found(status="nonsense", kind="' OR 1=1", day="x")) == 2


def test_sending_again_begins_from_the_start(client, prosecutor):
    delivery = DeliveryFactory(notification__recipient=prosecutor, failed=True)

    assert client.post(f"{LOG}{delivery.pk}/retry").status_code == 302

    delivery.refresh_from_db()
    assert (delivery.status, delivery.attempts, delivery.error) == ("waiting", 0, "")


@pytest.mark.parametrize("state", ["waiting", "withdrawn"])
def test_only_what_failed_is_sent_again(client, prosecutor, state):
    delivery = DeliveryFactory(notification__recipient=prosecutor, status=state, attempts=2)

    client.post(f"{LOG}{delivery.pk}/retry")

    delivery.refresh_from_db()
    assert (delivery.status, delivery.attempts) == (state, 2)


@pytest.mark.parametrize("url", [URL, LOG])
def test_lists_cost_the_same_at_one_and_at_thirty(
    client, office, sysadmin, prosecutor, url, django_assert_max_num_queries
):
    def rows(count):
        for channel in ChannelFactory.create_batch(count, organisation=office, created_by=sysadmin):
            DeliveryFactory(kind="bot", channel=channel, notification__recipient=prosecutor)

    rows(1)
    client.get(url)
    with django_assert_max_num_queries(12) as few:
        client.get(url)
    rows(29)
    with django_assert_max_num_queries(len(few)):
        client.get(url)


@pytest.mark.parametrize("path", ["", "new/", "{pk}/", "{pk}/test/"])
def test_the_panel_is_part_of_the_page(client, channel, path):
    assert_panel_is_part_of_page(client, URL + path.format(pk=channel.pk))


def test_the_log_is_one_page_and_panel(client, prosecutor):
    DeliveryFactory(notification__recipient=prosecutor, failed=True)

    assert_panel_is_part_of_page(client, LOG)


def test_another_units_deliveries_are_not_in_the_log(client, other):
    DeliveryFactory(notification__recipient=other, failed=True)

    assert list(client.get(LOG).context["deliveries"]) == []
