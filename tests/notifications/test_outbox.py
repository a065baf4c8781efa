from datetime import datetime, time, timedelta

import pytest

from core import clock
from notifications.models import Delivery, Message, Notification, Preference
from tests.accounts.factories import UserFactory
from tests.notifications.factories import ChannelFactory, PreferenceFactory

ONE = {"key": "case-event-1", "title": "150902-2026-0016 审查期限剩 2 天", "url": "/cases/150902-2026-0016/"}


@pytest.fixture(autouse=True)
def ways_out(settings, tmp_path):
    settings.EMAIL_HOST, settings.SMS_DROP_DIR = "mail.example", str(tmp_path)


@pytest.fixture
def reader(prosecutor):
    prosecutor.email = "li@example.gov.cn"
    prosecutor.save(update_fields=["email"])
    return prosecutor


def kinds(user):
    return sorted(Delivery.objects.filter(notification__recipient=user).values_list("kind", flat=True))


@pytest.mark.parametrize(
    ("topic", "expected"),
    [
        ("deadline", ["mail"]),
        ("escalation", ["mail"]),
        ("urge", ["mail"]),
        ("case", []),
        ("system", []),
        ("referral", []),
    ],
)
def test_what_has_a_date_goes_by_mail_at_once_unless_chosen_otherwise(reader, topic, expected):
    Notification.objects.deliver([reader], **ONE, topic=topic)

    assert kinds(reader) == expected


def test_a_choice_overrides_what_is_usual_and_never_silences_the_application(reader):
    choices = {"deadline": {"mail": "off", "sms": "now"}, "case": {"mail": "now"}}
    PreferenceFactory(user=reader, mobile="13800132201", choices=choices)

    Notification.objects.deliver([reader], **ONE, topic="deadline")
    assert kinds(reader) == ["sms"]
    Notification.objects.deliver([reader], **{**ONE, "key": "2"}, topic="case")
    assert kinds(reader) == ["mail", "sms"]
    assert reader.notifications.count() == 2


def test_without_an_address_or_a_server_nothing_leaves(reader, clerk, settings):
    Notification.objects.deliver([clerk], **ONE, topic="deadline")
    settings.EMAIL_HOST = settings.SMS_DROP_DIR = ""
    PreferenceFactory(user=reader, mobile="13800132201", choices={"deadline": {"sms": "now"}})
    Notification.objects.deliver([reader], **ONE, topic="deadline")

    assert (kinds(clerk), kinds(reader)) == ([], [])


def test_a_group_hears_once_of_an_occasion_and_only_of_its_own_unit(office, reader, clerk, other):
    ours = ChannelFactory(organisation=office)
    ChannelFactory(organisation=office, is_active=False)
    ChannelFactory(organisation=office, topics=["case"])
    ChannelFactory(organisation=other.organisation, topics=["case"])

    Notification.objects.deliver([reader, clerk, other], **ONE, topic="deadline")
    Notification.objects.deliver([UserFactory(organisation=office)], **ONE, topic="deadline")

    assert list(Delivery.objects.filter(kind="bot").values_list("channel", "key")) == [(ours.pk, ONE["key"])]


def test_telling_again_sends_nothing_again(reader):
    for _ in range(3):
        Notification.objects.deliver([reader], **ONE, topic="deadline")

    assert kinds(reader) == ["mail"]


def test_many_messages_cost_as_many_statements_as_one(office, django_assert_num_queries):
    people = [UserFactory(organisation=office, email=f"p{n}@example.cn") for n in range(12)]
    ChannelFactory(organisation=office)

    def tell(prefix, count, who):
        messages = [
            Message(tuple(who), f"{prefix}-{n}", "150902-2026-0016 审查期限", "/desk/", "deadline")
            for n in range(count)
        ]
        return Notification.objects.deliver_many(messages)

    with django_assert_num_queries(8):  # six statements between the two of the savepoint
        tell("few", 1, people[:1])
    with django_assert_num_queries(8):
        assert sum(tell("many", 10, people).values()) == 120


def test_settling_withdraws_what_waits_and_leaves_what_went_out(reader):
    Notification.objects.deliver([reader], **ONE, topic="deadline", source="deadline:1")
    Notification.objects.deliver([reader], **{**ONE, "key": "2"}, topic="deadline", source="deadline:2")

    Notification.objects.settle("deadline:1")

    by_source = dict(Delivery.objects.values_list("notification__source", "status"))
    assert by_source == {"deadline:1": "withdrawn", "deadline:2": "waiting"}


def at(hour, minute=0, day=25):
    return datetime(2026, 11, day, hour, minute, tzinfo=clock.SHANGHAI)


@pytest.mark.parametrize(
    ("now", "end"),
    [
        (at(19, 59), at(19, 59)),
        (at(20), at(8, day=26)),
        (at(23, 59), at(8, day=26)),
        (at(0, day=26), at(8, day=26)),
        (at(7, 59), at(8)),
        (at(8), at(8)),
    ],
)
def test_quiet_hours_pass_midnight(now, end):
    assert Preference().after_quiet(now) == end


def test_quiet_hours_of_one_day_and_none_at_all():
    noon = Preference(quiet_from=time(12), quiet_to=time(14))

    assert noon.after_quiet(at(13)) == at(14)
    assert noon.after_quiet(at(14)) == at(14)
    assert Preference(quiet_from=time(9), quiet_to=time(9)).after_quiet(at(9)) == at(9)


@pytest.mark.parametrize(("urgent", "when"), [(False, at(8, day=26)), (True, at(22))])
def test_only_what_is_urgent_passes_quiet_hours(reader, office, urgent, when):
    ChannelFactory(organisation=office)
    with clock.travel(at(22)):
        Notification.objects.deliver([reader], **ONE, topic="deadline", urgent=urgent)

    assert set(Delivery.objects.values_list("not_before", flat=True)) == {when}


def test_the_hour_is_told_in_shanghai_whatever_zone_the_instant_comes_in():
    utc = at(22).astimezone(tz=None) + timedelta(0)

    assert Preference().after_quiet(utc) == at(8, day=26)
