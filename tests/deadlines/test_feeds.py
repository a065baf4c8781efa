"""日历订阅: a secret address per device, made and switched off by its owner, opened without a session."""

import logging
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from icalendar import Calendar

from accounts.permissions import Role
from audit.models import Entry
from config.logs import JsonFormatter
from core import clock
from core.refusals import Refused
from deadlines import clocks, feeds, todos
from deadlines.models import CalendarFeed, TaskChange
from tests.cast import client_for
from tests.deadlines.factories import CalendarFeedFactory, DeadlineFactory, TaskFactory

TODAY = date(2026, 8, 10)
URL = "/calendar/feeds/"


@pytest.fixture(autouse=True)
def _on_a_monday():
    with clock.travel(TODAY):
        yield


def opened(user, name="办公电脑"):
    return f"/calendar/feed/{feeds.create(name=name, by=user)[1]}.ics"


def events(url):
    answer = Client().get(url)
    assert answer.status_code == 200
    return {
        str(event["uid"]).split("@")[0]: event for event in Calendar.from_ical(answer.content).walk("VEVENT")
    }


def test_a_secret_is_256_bits_and_only_its_digest_is_kept(prosecutor):
    feed, secret = feeds.create(name=" 办公电脑 ", by=prosecutor)

    row = CalendarFeed.objects.values().get(pk=feed.pk)
    assert len(secret) == 43
    assert secret not in str(row)
    assert (row["name"], row["token_digest"]) == ("办公电脑", feeds.digest(secret))
    assert feeds.create(name="手机", by=prosecutor)[1] != secret


def test_making_and_switching_off_are_on_record_without_the_secret(prosecutor):
    feed, secret = feeds.create(name="办公电脑", by=prosecutor)
    feeds.revoke(feed, by=prosecutor)

    told = [(entry.detail, entry.target_id) for entry in Entry.objects.order_by("pk")]
    assert told == [("开通日历订阅", str(feed.pk)), ("停用日历订阅", str(feed.pk))]
    assert secret not in str(list(Entry.objects.values()))


def test_the_feed_holds_every_open_period_of_mine_once_and_nobody_elses(prosecutor, prosecutor2, other):
    mine = [DeadlineFactory(responsible=prosecutor) for _ in range(3)]
    DeadlineFactory(responsible=prosecutor2)
    DeadlineFactory(responsible=other)
    task = TaskFactory(assigned_to=prosecutor, due_on=TODAY)
    TaskFactory(assigned_to=prosecutor2, created_by=prosecutor, due_on=TODAY)

    assert sorted(events(opened(prosecutor))) == sorted(
        [*(f"deadline-{each.pk}" for each in mine), f"task-{task.pk}"]
    )


@pytest.mark.parametrize(("days", "is_in"), [(-31, False), (-30, True), (0, True), (400, True), (401, False)])
def test_the_feed_reaches_from_30_days_back_to_400_ahead(prosecutor, days, is_in):
    due = DeadlineFactory(responsible=prosecutor).due_on
    task_day = TODAY + timedelta(days=days)
    TaskFactory(assigned_to=prosecutor, due_on=task_day)
    url = opened(prosecutor)

    with clock.travel(due - timedelta(days=days)):
        found = [uid for uid in events(url) if uid.startswith("deadline")]
    assert bool(found) is is_in
    assert any(uid.startswith("task") for uid in events(url)) is is_in


def test_what_is_met_or_cancelled_stays_struck_for_a_month_then_leaves(prosecutor):
    met = clocks.meet(DeadlineFactory(responsible=prosecutor), on=TODAY, by=prosecutor)
    gone = clocks.cancel(DeadlineFactory(responsible=prosecutor), by=prosecutor, reason="登记有误")
    done = TaskFactory(assigned_to=prosecutor, due_on=TODAY)
    todos.finish(done, by=prosecutor)
    url = opened(prosecutor)

    found = events(url)

    assert {uid: str(event["status"]) for uid, event in found.items()} == {
        f"deadline-{met.pk}": "CANCELLED",
        f"deadline-{gone.pk}": "CANCELLED",
    }
    with clock.travel(TODAY + timedelta(days=31)):
        assert events(url) == {}


def test_a_moved_to_do_raises_its_sequence(prosecutor):
    task = TaskFactory(assigned_to=prosecutor, due_on=TODAY)
    url = opened(prosecutor)
    before = events(url)[f"task-{task.pk}"]
    with clock.travel(TODAY + timedelta(days=1)):
        TaskChange.objects.create(
            task=task,
            old_due=TODAY,
            new_due=TODAY + timedelta(days=3),
            reason="当事人改约",
            changed_by=prosecutor,
        )

    after = events(url)[f"task-{task.pk}"]

    assert (before["sequence"], after["sequence"]) == (0, 1)
    assert after["dtstamp"].dt > before["dtstamp"].dt


def test_a_period_handed_over_leaves_for_the_taker(prosecutor, prosecutor2):
    deadline = DeadlineFactory(responsible=prosecutor)
    mine, theirs = opened(prosecutor), opened(prosecutor2)

    clocks.hand_over(deadline, to=prosecutor2, by=prosecutor)

    assert events(mine) == {}
    assert set(events(theirs)) == {f"deadline-{deadline.pk}"}


def _revoked(user):
    feed, secret = feeds.create(name="手机", by=user)
    feeds.revoke(feed, by=user)
    return secret


def _deactivated(user):
    secret = feeds.create(name="手机", by=user)[1]
    user.is_active = False
    user.save(update_fields=["is_active"])
    return secret


def _other_work(user):
    secret = feeds.create(name="手机", by=user)[1]
    user.role = Role.SYSTEM_ADMIN
    user.save(update_fields=["role"])
    return secret


@pytest.mark.parametrize("close", [_revoked, _deactivated, _other_work])
def test_a_closed_address_looks_exactly_like_an_unknown_one(prosecutor, close):
    DeadlineFactory(responsible=prosecutor)
    closed = Client().get(f"/calendar/feed/{close(prosecutor)}.ics")
    unknown = Client().get(f"/calendar/feed/{'A' * 43}.ics")

    assert (closed.status_code, unknown.status_code) == (404, 404)
    assert closed.content == unknown.content
    assert sorted(closed.headers) == sorted(unknown.headers)


def test_the_digest_itself_opens_nothing(prosecutor):
    feed, _ = feeds.create(name="手机", by=prosecutor)

    assert Client().get(f"/calendar/feed/{feed.token_digest}.ics").status_code == 404


def test_the_answer_is_kept_by_no_cache_and_listed_by_no_search(prosecutor):
    answer = Client().get(opened(prosecutor))

    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer["Cache-Control"] == "private, no-store"
    assert "noindex" in answer["X-Robots-Tag"]
    assert answer.cookies == {}


def test_a_feed_costs_three_queries_whatever_it_holds_and_writes_nothing(prosecutor):
    url = opened(prosecutor)
    costs = []
    for many in (1, 29):
        for _ in range(many):
            DeadlineFactory(responsible=prosecutor)
            TaskFactory(assigned_to=prosecutor, due_on=TODAY)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            Client().get(url)
        costs.append(len(queries))
        assert not [q for q in queries if not q["sql"].startswith("SELECT")]

    assert costs == [3, 3]


def test_what_people_typed_does_not_leave_the_house(prosecutor):
    canary = "王建国"
    deadline = DeadlineFactory(responsible=prosecutor, title=f"{canary}诉某公司", event=f"{canary}申请")
    clocks.extend(deadline, days=3, by=prosecutor, reason=f"联系{canary}")
    met = DeadlineFactory(responsible=prosecutor)
    clocks.meet(met, on=TODAY, by=prosecutor, note=f"已通知{canary}")
    paused = DeadlineFactory(responsible=prosecutor)
    clocks.pause(paused, on=TODAY, by=prosecutor, reason=f"{canary}鉴定")
    TaskFactory(assigned_to=prosecutor, due_on=TODAY, title=f"给{canary}打电话")

    answer = Client().get(opened(prosecutor))

    text = answer.content.replace(b"\r\n ", b"").decode()
    assert text.count("BEGIN:VEVENT") == 4
    assert canary not in text + str(answer.headers)
    assert prosecutor.name not in text


def test_nobody_has_more_than_five(prosecutor):
    made = [feeds.create(name=f"设备{n}", by=prosecutor)[0] for n in range(feeds.MOST)]

    with pytest.raises(Refused, match="已经有 5 个订阅"):
        feeds.create(name="又一个", by=prosecutor)

    feeds.revoke(made[0], by=prosecutor)
    assert feeds.create(name="又一个", by=prosecutor)


def test_making_one_locks_its_owner_first(prosecutor, django_assert_max_num_queries):
    with django_assert_max_num_queries(8) as queries:
        feeds.create(name="手机", by=prosecutor)

    first = next(q["sql"] for q in queries.captured_queries if '"accounts_user"' in q["sql"])
    assert "FOR UPDATE" in first


@pytest.mark.parametrize("who", ["legalaid", "mediator", "sysadmin", "city"])
def test_who_sees_no_cases_gets_no_address(cast, who):
    with pytest.raises(Refused, match="只有办案人员"):
        feeds.create(name="手机", by=getattr(cast, who))


def test_only_its_owner_switches_it_off_and_only_once(prosecutor, head):
    feed = CalendarFeedFactory(user=prosecutor)

    with pytest.raises(Refused, match="只有本人"):
        feeds.revoke(feed, by=head)
    feeds.revoke(feed, by=prosecutor)
    with pytest.raises(Refused, match="已经停用"):
        feeds.revoke(feed, by=prosecutor)


def test_the_address_is_shown_in_the_answer_that_made_it_and_never_again(prosecutor, settings):
    settings.SITE_URL = "https://zhichi.example.gov.cn"
    browser = client_for(prosecutor)

    answer = browser.post(URL, {"name": "办公电脑"})

    shown = answer.content.decode().split('id="address">')[1].split("<")[0]
    assert shown.startswith("https://zhichi.example.gov.cn/calendar/feed/")
    assert Client().get(shown.removeprefix(settings.SITE_URL)).status_code == 200
    again = browser.get(URL).content.decode()
    assert "办公电脑" in again
    assert "/calendar/feed/" not in again


def test_a_form_without_a_name_is_refused_and_makes_nothing(prosecutor):
    answer = client_for(prosecutor).post(URL, {"name": " "})

    assert answer.status_code == 422
    assert "还没填用途" in answer.content.decode()
    assert CalendarFeed.objects.count() == 0


def test_a_colleagues_subscription_is_not_there(prosecutor, prosecutor2):
    feed = CalendarFeedFactory(user=prosecutor2, name="张检手机")
    browser = client_for(prosecutor)

    assert "张检手机" not in browser.get(URL).content.decode()
    assert browser.post(f"{URL}{feed.pk}/revoke").status_code == 404
    assert browser.post(f"{URL}{feed.pk}/revoke").status_code == 404
    feed.refresh_from_db()
    assert feed.revoked_at is None


def test_switched_off_by_its_button(prosecutor):
    feed = CalendarFeedFactory(user=prosecutor)

    answer = client_for(prosecutor).post(f"{URL}{feed.pk}/revoke", follow=True)

    feed.refresh_from_db()
    assert feed.revoked_at
    assert "还没有订阅" in answer.content.decode()


def test_no_log_line_holds_the_secret(prosecutor, caplog):
    secret = feeds.create(name="手机", by=prosecutor)[1]
    feeds.revoke(CalendarFeed.objects.get(), by=prosecutor)
    with caplog.at_level(logging.DEBUG):
        Client().get(f"/calendar/feed/{secret}.ics")

    lines = [JsonFormatter().format(record) for record in caplog.records]
    assert any("/calendar/feed/[已隐去]" in line for line in lines)
    assert secret not in "".join(lines)


def test_the_partners_own_process_knows_no_calendar(settings):
    settings.ROOT_URLCONF = "config.urls_partner"

    assert Client().get(f"/calendar/feed/{'A' * 43}.ics").status_code == 404
