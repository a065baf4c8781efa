"""提醒自检: signs of life, what will be said, what was said."""

import re
from datetime import date, timedelta

import pytest
from django.urls import reverse

from core import clock
from deadlines import clocks
from deadlines.models import Deadline, Reminder
from deadlines.reminders import forecast, health, scan
from deadlines.stages import label_of
from jobs import probes
from jobs.models import Heartbeat
from notifications.models import Channel, Delivery, Notification
from tests.accounts.factories import AbsenceFactory
from tests.cases.following import listed, with_clock
from tests.cast import client_for
from tests.deadlines.factories import AUGUST, DeadlineFactory, ReminderFactory
from tests.htmx import assert_panel_is_part_of_page

URL = reverse("dashboard:reminders")
DUE = date(2026, 8, 18)
BEFORE = date(2026, 8, 13)  # tomorrow the first stage comes up, in five days the last day


@pytest.fixture(autouse=True)
def _now():
    with clock.travel(BEFORE):
        yield


@pytest.fixture
def _alive():
    for name in health.ALARMS:
        Heartbeat.objects.beat(name)


def start(person, **facts) -> Deadline:
    with clock.travel(AUGUST):
        return DeadlineFactory(responsible=person, **facts)


def read(user, **query) -> str:
    answer = client_for(user).get(URL, query)
    assert answer.status_code == 200
    return re.sub(r"\s+", " ", answer.content.decode())


def tabs(page: str) -> list[str]:
    return re.findall(r'<a href="\?[^"]*view=\d[^"]*"[^>]*>[^<]*<span class="c">(\d+)</span>', page)


# --- what will be said


def test_each_coming_day_shows_what_is_said_and_to_whom(prosecutor, head):
    start(prosecutor, title="2026-0016")

    page = read(prosecutor)
    assert tabs(page) == ["0", "1", "0", "0", "0", "1", "1", "0"]
    assert "这一天没有要发的提醒。" in page

    tomorrow, late = read(prosecutor, view="1"), read(prosecutor, view="6")
    assert all(words in tomorrow for words in ["2026-0016", "提前 3 天", "剩 5 天", "李检察官"])
    assert "赵主任" not in re.search(r"<tbody>.*</tbody>", tomorrow).group()
    assert all(words in late for words in ["超期 1 天", "李检察官、赵主任"])


def test_what_is_inserted_or_told_is_no_longer_coming(prosecutor):
    start(prosecutor)
    with clock.travel(DUE):
        before = tabs(read(prosecutor))
        scan()
        after = tabs(read(prosecutor))

    assert (before, after) == (
        ["1", "1", "0", "1", "0", "0", "0", "0"],
        ["0", "1", "0", "1", "0", "0", "0", "0"],
    )


def test_while_nobody_scans_today_shows_everything_that_was_missed(prosecutor):
    start(prosecutor, title="2026-0016")

    with clock.travel(DUE + timedelta(days=2)):
        page = read(prosecutor)

    assert "提前 3 天、到期当天、超期 1 天" in page


def test_paused_met_and_cancelled_are_not_coming(prosecutor):
    for end in (
        lambda d: clocks.pause(d, on=BEFORE, by=prosecutor, reason="等待鉴定"),
        lambda d: clocks.meet(d, on=BEFORE, by=prosecutor),
        lambda d: clocks.cancel(d, by=prosecutor, reason="撤回申请"),
    ):
        end(start(prosecutor))

    assert tabs(read(prosecutor)) == ["0"] * 8


def test_a_stage_that_was_told_before_the_due_day_moved_away_and_back_is_not_told_again(prosecutor):
    deadline = start(prosecutor)
    ReminderFactory(deadline=deadline, stage="b3", planned_on=BEFORE, sent_at=clock.now())

    assert "已提醒过" in read(prosecutor, view="1")
    with clock.travel(BEFORE + timedelta(days=1)):
        assert scan() == 0


def test_the_forecast_is_what_the_scan_then_does(prosecutor, head, chief, assistant):
    for ahead in range(8):
        with clock.travel(AUGUST + timedelta(days=ahead)):
            DeadlineFactory(responsible=prosecutor, starts_on=clock.today())
    AbsenceFactory(user=prosecutor, covered_by=assistant, ends_on=BEFORE + timedelta(days=30))
    scan()
    foretold = []
    for day in forecast.days(BEFORE)[1:]:
        rows = list(forecast.coming(Deadline.objects.visible_to(prosecutor), day, BEFORE))
        found = forecast.planned(rows, day, BEFORE)
        foretold.append(sorted((p.deadline.pk, *p.stages, *(h.person.pk for h in p.hearers)) for p in found))
    Notification.objects.all().delete()

    came = []
    for day in forecast.days(BEFORE)[1:]:
        with clock.travel(day):
            scan()
        said = Reminder.objects.filter(sent_at__date=day).order_by("pk")
        came.append(
            sorted(
                (
                    r.deadline_id,
                    label_of(r.stage),
                    *Notification.objects.filter(key=f"deadline-reminder-{r.pk}")
                    .order_by("pk")
                    .values_list("recipient_id", flat=True),
                )
                for r in said
            )
        )

    assert came == foretold
    assert sum(len(each) for each in came) > 8


def test_stand_ins_and_those_who_are_gone_show(prosecutor, assistant, clerk, head):
    start(prosecutor, title="甲案")
    start(clerk, title="乙案")
    AbsenceFactory(user=prosecutor, covered_by=assistant, ends_on=DUE)
    clerk.is_active = False
    clerk.save()

    page = read(prosecutor, view="1")

    assert "李检察官、王助理（代 李检察官）" in page
    assert re.search(r"乙案.*陈内勤 <span class=\"tag danger\">已不在岗</span>.*赵主任", page)


def test_where_nobody_leads_the_colleagues_stand_there(prosecutor, assistant):
    start(prosecutor)
    prosecutor.is_active = False
    prosecutor.save()

    assert re.search(r"已不在岗</span></td> <td data-l=\"发给\">王助理</td>", read(assistant, view="1"))


# --- what was said


def test_what_was_sent_shows_when_which_stage_to_how_many_and_who_read_it(prosecutor, head):
    start(prosecutor, title="2026-0016")
    with clock.travel(DUE + timedelta(days=2)):
        scan()
        Notification.objects.filter(recipient=head).mark_read()

        page = read(prosecutor, view="sent")

    rows = [re.sub(r"<[^>]+>", " ", row).split() for row in re.findall(r"<tr>(.*?)</tr>", page)[1:]]
    assert rows == [
        [
            *["2026-0016", "审查期限（内控目标）", "08-20", "09:00"],
            *[*f"{stage}，发出时已超期 2 天".split(), "迟发", "李检察官", told, seen],
        ]
        for stage, told, seen in [("超期 1 天", "2", "1"), ("到期当天", "1", "0"), ("提前 3 天", "1", "0")]
    ]


def test_after_seven_days_it_is_gone(prosecutor):
    start(prosecutor)
    with clock.travel(BEFORE + timedelta(days=1)):
        scan()
    with clock.travel(BEFORE + timedelta(days=9)):
        assert "近七天没有发出提醒。" in read(prosecutor, view="sent")


# --- who sees what


def test_an_office_sees_its_own(prosecutor, other):
    start(prosecutor, title="2026-0016")

    assert tabs(read(other)) == ["0"] * 8
    assert "2026-0016" not in read(other, view="1")


def test_one_person_can_be_asked_for_and_stays_asked_for(prosecutor, prosecutor2):
    start(prosecutor, title="甲案")
    start(prosecutor2, title="乙案")

    page = read(prosecutor, view="1", person=prosecutor2.pk)

    assert ("甲案" in page, "乙案" in page) == (False, True)
    assert tabs(page)[1] == "1"
    assert f'href="?person={prosecutor2.pk}&amp;view=2"' in page
    assert '<input type="hidden" name="view" value="1"' in page


@pytest.mark.parametrize("query", [{"view": "99"}, {"view": "x"}, {"person": "x"}, {"person": "99999"}])
def test_what_cannot_be_asked_for_is_ignored(prosecutor, query):
    start(prosecutor)

    assert tabs(read(prosecutor, **query))[1] == "1"


def test_the_administrator_sees_numbers_channels_and_failures_and_no_case(prosecutor, sysadmin, office):
    start(prosecutor, title="2026-0016")
    channel = Channel.objects.create(
        organisation=office, name="值班群", kind="wecom", address="https://bot/key", created_by=sysadmin
    )
    with clock.travel(BEFORE + timedelta(days=1)):
        scan()
        Delivery.objects.create(
            notification=Notification.objects.get(),
            kind="bot",
            channel=channel,
            key="k",
            status="failed",
            attempts=5,
            error="对方返回 45009",
        )
        page = read(sysadmin)

    assert all(words in page for words in ["近七天已发", "1 条", "值班群", "企业微信", "对方返回 45009"])
    assert "2026-0016" not in page
    assert "审查期限" not in page
    assert "bot/key" not in page


def test_the_administrator_sees_that_nobody_could_be_told(prosecutor, sysadmin):
    start(prosecutor)
    prosecutor.is_active = False
    prosecutor.save()
    scan(BEFORE + timedelta(days=1))

    assert "1 条没有人可提醒" in read(sysadmin)


# --- signs of life


def test_nobody_at_work_is_said_in_words(prosecutor):
    page = read(prosecutor)

    for label in ("定时器", "后台任务", "提醒扫描"):
        assert f"{label}还没有启动过，期限提醒不会发出。" in page


@pytest.mark.usefixtures("_alive")
def test_all_is_well(prosecutor):
    page = read(prosecutor)

    assert page.count('<span class="tag success">正常</span>') == 3
    assert 'class="alert danger"' not in page
    assert health.probe() == health.alarm() == ""


@pytest.mark.usefixtures("_alive")
@pytest.mark.parametrize("name", health.ALARMS)
def test_whoever_falls_silent_shows_here_on_the_desk_and_in_readyz(prosecutor, client, name):
    Heartbeat.objects.filter(name=name).update(beat_at=clock.now() - timedelta(minutes=6))
    sentence = f"{health.ALARMS[name]}已有 6 分钟没有动静，期限提醒可能没有发出。"

    assert sentence in read(prosecutor)
    assert sentence in client_for(prosecutor).get(reverse("dashboard:desk")).content.decode()
    assert sentence in [finding.sentence for finding in probes.run()]


@pytest.mark.usefixtures("_alive")
@pytest.mark.parametrize(("minutes", "late"), [(9, False), (11, True)])
def test_a_reminder_that_waits_too_long_shows(prosecutor, minutes, late):
    deadline = start(prosecutor)
    ReminderFactory(deadline=deadline, stage="b3", created_at=clock.now() - timedelta(minutes=minutes))

    sentence = f"最早一条未发提醒已等 {minutes} 分钟。"
    assert (sentence in read(prosecutor)) is late
    assert (health.probe() == sentence) is late
    assert health.waiting().count == 1


@pytest.mark.usefixtures("_alive")
def test_a_plan_that_was_left_behind_shows_in_readyz(prosecutor):
    deadline = start(prosecutor)
    Deadline.objects.filter(pk=deadline.pk).update(remind_on=BEFORE - timedelta(days=1))

    assert health.probe() == "有 1 项期限的提醒没有登记上，请查看日志。"


def test_while_everything_is_dead_for_three_days_desk_and_case_page_are_right(prosecutor):
    case = listed(prosecutor, review=True)
    with_clock(case, due_in=0)
    scan()
    Heartbeat.objects.update(beat_at=clock.now())

    with clock.travel(BEFORE + timedelta(days=3)):
        browser = client_for(prosecutor)
        desk, page = (browser.get(u).content.decode() for u in ("/desk/", case.get_absolute_url()))

    assert "超期 3 天" in desk
    assert "超期 3 天" in page
    assert "没有动静" in desk or "没有启动" in desk


# --- cost


@pytest.mark.parametrize("view", ["1", "sent"])
def test_thirty_rows_cost_the_queries_of_one(prosecutor, head, settings, django_assert_max_num_queries, view):
    settings.NAVIGATION_COUNTS_SECONDS = 30
    browser = client_for(prosecutor)
    browser.get(URL)

    def cost(many: int) -> int:
        for _ in range(many):
            start(prosecutor)
        if view == "sent":
            scan(BEFORE + timedelta(days=1))
        with django_assert_max_num_queries(12) as queries:
            page = browser.get(URL, {"view": view})
        assert len(page.context["page"].object_list) in (1, 30)
        return len(queries)

    assert cost(1) == cost(29)


def test_more_than_a_page_is_paged(prosecutor):
    for _ in range(31):
        start(prosecutor)

    assert "共 31 项" in read(prosecutor, view="1")
    assert len(re.findall("提前 3 天", read(prosecutor, view="1", page=2))) == 1


@pytest.mark.parametrize("view", ["1", "sent"])
def test_the_panel_is_part_of_the_page(prosecutor, view):
    start(prosecutor)
    scan(BEFORE + timedelta(days=0 if view == "1" else 1))

    assert_panel_is_part_of_page(client_for(prosecutor), URL, view=view)


def test_the_administrators_panel_is_part_of_the_page(sysadmin):
    assert_panel_is_part_of_page(client_for(sysadmin), URL)
