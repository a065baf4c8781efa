"""日历订阅: a secret address per device, made and switched off by its owner, opened without a session."""

import logging
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from icalendar import Calendar

from accounts import absences
from accounts.permissions import Role
from audit.models import Entry
from cases import clocks as case_clocks
from config.logs import JsonFormatter
from core import clock
from core.refusals import Refused
from deadlines import clocks, feeds, todos
from deadlines.models import CalendarFeed
from tests.accounts.factories import AbsenceFactory
from tests.cases.factories import CaseFactory
from tests.cases.following import with_clock
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


@pytest.mark.parametrize("days", [-500, -31, 0, 500])
def test_what_is_open_is_in_the_feed_however_late_or_far(prosecutor, days):
    deadline = DeadlineFactory(responsible=prosecutor)
    task = TaskFactory(assigned_to=prosecutor, due_on=deadline.due_on)
    url = opened(prosecutor)

    with clock.travel(deadline.due_on - timedelta(days=days)):
        found = events(url)

    assert {uid: str(event["status"]) for uid, event in found.items()} == {
        f"deadline-{deadline.pk}": "CONFIRMED",
        f"task-{task.pk}": "CONFIRMED",
    }


def told(url):
    return {uid: (str(event["status"]), event["sequence"]) for uid, event in events(url).items()}


def test_what_is_over_stays_struck_for_a_month_with_a_higher_number_then_leaves(prosecutor):
    met, gone = (DeadlineFactory(responsible=prosecutor) for _ in range(2))
    done = TaskFactory(assigned_to=prosecutor, due_on=TODAY)
    url = opened(prosecutor)
    before = told(url)
    clocks.meet(met, on=TODAY, by=prosecutor)
    clocks.cancel(gone, by=prosecutor, reason="登记有误")
    todos.finish(done, by=prosecutor)

    assert set(before.values()) == {("CONFIRMED", 0)}
    assert told(url) == dict.fromkeys(before, ("CANCELLED", 1))
    todos.reopen(done, by=prosecutor)
    assert told(url)[f"task-{done.pk}"] == ("CONFIRMED", 2)
    todos.finish(done, by=prosecutor)
    with clock.travel(TODAY + timedelta(days=29)):
        assert set(told(url)) == set(before)
    with clock.travel(TODAY + timedelta(days=31)):
        assert told(url) == {}


def test_a_moved_to_do_raises_its_number_and_stamp(prosecutor):
    task = TaskFactory(assigned_to=prosecutor, due_on=TODAY)
    url = opened(prosecutor)
    before = events(url)[f"task-{task.pk}"]
    with clock.travel(TODAY + timedelta(days=1)):
        todos.reschedule(task, on=TODAY + timedelta(days=3), by=prosecutor, reason="当事人改约")

    after = events(url)[f"task-{task.pk}"]

    assert (before["sequence"], after["sequence"]) == (0, 1)
    assert after["dtstamp"].dt > before["dtstamp"].dt


def test_what_is_handed_over_is_struck_for_the_giver_and_new_for_the_taker(prosecutor, prosecutor2):
    deadline = DeadlineFactory(responsible=prosecutor)
    task = TaskFactory(assigned_to=prosecutor, due_on=TODAY)
    mine, theirs = opened(prosecutor), opened(prosecutor2)
    first = events(mine)

    with clock.travel(TODAY + timedelta(days=1)):
        clocks.hand_over(deadline, to=prosecutor2, by=prosecutor)
        todos.hand_over(task, to=prosecutor2, by=prosecutor, reason="出差")

    assert told(mine) == dict.fromkeys(first, ("CANCELLED", 1))
    assert told(theirs) == dict.fromkeys(first, ("CONFIRMED", 1))
    assert all(event["dtstamp"].dt > first[uid]["dtstamp"].dt for uid, event in events(mine).items())
    with clock.travel(TODAY + timedelta(days=2)):
        clocks.hand_over(deadline, to=prosecutor, by=prosecutor2)
    assert told(mine)[f"deadline-{deadline.pk}"] == ("CONFIRMED", 2)
    assert told(theirs)[f"deadline-{deadline.pk}"] == ("CANCELLED", 2)
    with clock.travel(TODAY + timedelta(days=33)):
        assert set(told(theirs)) == {f"task-{task.pk}"}


def test_what_goes_with_its_case_to_somebody_else_is_struck_as_well(cast, prosecutor2):
    case = CaseFactory(handler=cast.prosecutor)
    with_clock(case)
    task = TaskFactory(assigned_to=cast.prosecutor, due_on=TODAY, owner_url=case.get_absolute_url())
    mine = opened(cast.prosecutor)

    case_clocks.hand_over_all(case, giver=cast.prosecutor, taker=prosecutor2, by=cast.head)

    found = told(mine)
    assert found[f"task-{task.pk}"] == ("CANCELLED", 1)
    assert {status for status, _ in found.values()} == {"CANCELLED"}
    assert len(found) > 1


def away(user, covered_by, last=TODAY):
    return AbsenceFactory(user=user, covered_by=covered_by, starts_on=TODAY, ends_on=last, created_by=user)


def test_whom_i_cover_is_in_my_feed_as_such_and_struck_when_they_are_back(prosecutor, prosecutor2):
    deadline = DeadlineFactory(responsible=prosecutor2, owner_url="/cases/150902-2026-0016/")
    task = TaskFactory(assigned_to=prosecutor2, due_on=TODAY)
    url = opened(prosecutor)
    assert told(url) == {}
    absence = away(prosecutor2, prosecutor)
    uids = [f"deadline-{deadline.pk}-cover-{absence.pk}", f"task-{task.pk}-cover-{absence.pk}"]

    assert told(url) == dict.fromkeys(uids, ("CONFIRMED", 0))
    assert events(url)[uids[0]]["summary"].endswith("（代办）")
    with clock.travel(TODAY + timedelta(days=1)):
        assert told(url) == dict.fromkeys(uids, ("CANCELLED", 1))
        DeadlineFactory(responsible=prosecutor2)
        assert set(told(url)) == set(uids)
    with clock.travel(TODAY + timedelta(days=32)):
        assert told(url) == {}


def test_a_revoked_absence_strikes_at_once_and_a_coming_one_shows_nothing(prosecutor, prosecutor2, head):
    DeadlineFactory(responsible=prosecutor2)
    coming = AbsenceFactory(
        user=prosecutor2,
        covered_by=prosecutor,
        starts_on=TODAY + timedelta(days=1),
        ends_on=TODAY + timedelta(days=9),
        created_by=prosecutor2,
    )
    url = opened(prosecutor)
    assert told(url) == {}
    with clock.travel(TODAY + timedelta(days=2)):
        assert [status for status, _ in told(url).values()] == ["CONFIRMED"]
        absences.revoke(coming, by=prosecutor2)
        assert [status for status, _ in told(url).values()] == ["CANCELLED"]


def test_a_colleague_of_another_office_is_covered_by_nobody_here(prosecutor, other):
    DeadlineFactory(responsible=other)
    away(other, prosecutor)

    assert told(opened(prosecutor)) == {}


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


def test_a_feed_costs_six_queries_whatever_it_holds_and_writes_nothing(prosecutor):
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

    assert costs == [6, 6]


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


def test_the_same_form_sent_again_makes_no_second_address(prosecutor):
    browser = client_for(prosecutor)
    key = browser.get(URL).context["form"]["submission_key"].value()

    first, again = (browser.post(URL, {"name": "办公电脑", "submission_key": key}) for _ in range(2))

    assert 'id="address"' in first.content.decode()
    assert str(key) not in first.content.decode()  # the next form is another one
    assert (again.status_code, again["Location"]) == (302, URL)
    assert "没有再开一个" in browser.get(URL).content.decode()
    assert CalendarFeed.objects.count() == 1


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
