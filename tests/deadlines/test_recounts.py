from datetime import date, datetime, timedelta

import pytest
from django.urls import reverse

from core import clock
from core.refusals import Conflict, Refused
from deadlines import clocks
from deadlines.models import Deadline, DeadlineRecount, Holiday, Recount
from deadlines.recounts import actions, counting, leases, listing, work
from deadlines.terms import actions as rules
from jobs.models import Job
from notifications.models import Notification
from tests.cast import client_for
from tests.deadlines.factories import DeadlineFactory, WatcherFactory
from tests.deadlines.vectors import WHOLE_2027

Cause = Recount.Cause
WHY = "检委会会议纪要"
NOW = datetime(2026, 8, 4, 10)


@pytest.fixture(autouse=True)
def _august():
    with clock.travel(NOW):
        yield


def fingerprint(cause, organisation):
    return counting.basis(cause, listing.scope(cause, organisation)).fingerprint


def ask(by, cause=Cause.TERM):
    return actions.apply(cause=cause, basis=fingerprint(cause, by.organisation), reason=WHY, by=by)


def twenty_days(by):
    return rules.change("P6a", by=by, reason=WHY, version=1, length=20, confirmed=True)


def rest_on(day):
    Holiday.objects.create(day=day, kind="off", name="临时放假")


def all_of_it(recount):
    while work.work(recount.pk):
        pass
    recount.refresh_from_db()
    return recount


def test_a_changed_rule_is_listed_and_moves_nothing(sysadmin, prosecutor):
    deadline = DeadlineFactory(responsible=prosecutor)
    twenty_days(sysadmin)

    found = listing.preview(Cause.TERM, sysadmin.organisation)

    assert (found.candidates, found.later, found.earlier) == (1, 1, 0)
    (line,) = found.page(None)
    assert (line.old_due, line.new_due, line.days) == (date(2026, 8, 18), date(2026, 8, 24), 6)
    deadline.refresh_from_db()
    assert deadline.due_on == date(2026, 8, 18)


def test_applying_moves_each_deadline_with_a_line_and_tells_once_merged(sysadmin, prosecutor):
    deadlines = DeadlineFactory.create_batch(3, responsible=prosecutor)
    twenty_days(sysadmin)

    recount = all_of_it(ask(sysadmin))

    for deadline in deadlines:
        deadline.refresh_from_db()
        assert (deadline.due_on, deadline.rule["version"], deadline.sequence) == (date(2026, 8, 24), 2, 1)
        assert deadline.term.organisation == sysadmin.organisation
        assert deadline.plan[0] == {"stage": "b3", "on": "2026-08-21", "to": ["responsible"]}
    line = recount.lines.first()
    assert (line.old_due, line.new_due) == (date(2026, 8, 18), date(2026, 8, 24))
    assert line.told_at is not None
    assert (recount.changed, recount.job.status, recount.job.done) == (3, "done", 3)
    told = Notification.objects.get()
    assert (told.recipient, told.title) == (prosecutor, "期限有变动：3 项到期日改变，见“期限变动”")
    assert told.url == reverse("deadlines:changes", args=[recount.pk])


def test_recounting_twice_finds_nothing_to_do(sysadmin, prosecutor):
    DeadlineFactory(responsible=prosecutor)
    twenty_days(sysadmin)
    all_of_it(ask(sysadmin))

    assert listing.preview(Cause.TERM, sysadmin.organisation).candidates == 0
    with pytest.raises(Refused, match="没有需要重算的期限。"):
        ask(sysadmin)


def test_only_what_still_runs_is_recounted_and_paused_counts_as_running(sysadmin, prosecutor):
    paused, met, cancelled = DeadlineFactory.create_batch(3, responsible=prosecutor)
    clocks.pause(paused, on=date(2026, 8, 4), by=prosecutor, reason="等待鉴定")
    clocks.meet(met, on=date(2026, 8, 4), by=prosecutor)
    clocks.cancel(cancelled, by=prosecutor, reason="移送")
    twenty_days(sysadmin)

    recount = all_of_it(ask(sysadmin))

    assert [line.deadline for line in recount.lines.all()] == [paused]
    paused.refresh_from_db()
    assert (paused.due_on, paused.paused_on) == (date(2026, 8, 24), date(2026, 8, 4))


def test_a_fixed_length_and_extensions_are_kept(sysadmin, prosecutor):
    fixed = DeadlineFactory(responsible=prosecutor, length=5)
    longer = DeadlineFactory(responsible=prosecutor)
    clocks.extend(longer, days=10, by=prosecutor, reason="补充材料")
    twenty_days(sysadmin)

    all_of_it(ask(sysadmin))

    fixed.refresh_from_db()
    longer.refresh_from_db()
    assert (fixed.due_on, fixed.rule["version"], fixed.rule["fixed"]) == (date(2026, 8, 10), 2, True)
    assert longer.due_on == date(2026, 9, 2)


def test_other_offices_keep_their_rule(sysadmin, other):
    foreign = DeadlineFactory(responsible=other)
    DeadlineFactory(responsible=sysadmin)
    twenty_days(sysadmin)

    all_of_it(ask(sysadmin))

    foreign.refresh_from_db()
    assert foreign.due_on == date(2026, 8, 18)


def test_a_new_holiday_moves_days_in_every_office_but_no_rule(sysadmin, prosecutor, other):
    mine, foreign = DeadlineFactory(responsible=prosecutor), DeadlineFactory(responsible=other)
    twenty_days(sysadmin)  # for the future only
    rest_on(date(2026, 8, 18))

    found = listing.preview(Cause.HOLIDAY, sysadmin.organisation)
    all_of_it(ask(sysadmin, Cause.HOLIDAY))

    assert (found.moved, len(found.page(None)), len(found.page(None, str(other.organisation_id)))) == (
        2,
        2,
        1,
    )
    assert [(row["unit"], row["later"]) for row in found.by_office()] == [
        (prosecutor.organisation, 1), (other.organisation, 1),
    ]  # fmt: skip
    for deadline in (mine, foreign):
        deadline.refresh_from_db()
        assert (deadline.due_on, deadline.rule["version"]) == (date(2026, 8, 19), 1)


def test_a_warning_goes_when_its_year_is_entered_without_moving_the_day(sysadmin, prosecutor):
    deadline = DeadlineFactory(responsible=prosecutor, code="C5", starts_on=date(2026, 8, 3))
    assert deadline.warning == "2027 年节假日安排尚未录入，到期日可能变动"
    for day in WHOLE_2027:
        rest_on(day)

    recount = all_of_it(ask(sysadmin, Cause.HOLIDAY))

    deadline.refresh_from_db()
    assert (deadline.warning, deadline.sequence, recount.changed) == ("", 0, 0)
    assert not Notification.objects.exists()


def test_a_reminder_that_fell_on_the_new_rest_day_is_planned_anew(sysadmin, prosecutor):
    deadline = DeadlineFactory(responsible=prosecutor)
    assert deadline.plan[0]["on"] == "2026-08-14"
    rest_on(date(2026, 8, 14))

    all_of_it(ask(sysadmin, Cause.HOLIDAY))

    deadline.refresh_from_db()
    assert (deadline.due_on, deadline.plan[0]["on"], deadline.remind_on) == (
        date(2026, 8, 18), "2026-08-13", date(2026, 8, 13),
    )  # fmt: skip


def test_hours_are_recounted_within_their_day(sysadmin, prosecutor):
    start = datetime(2026, 8, 4, 9, tzinfo=clock.SHANGHAI)
    deadline = DeadlineFactory(responsible=prosecutor, code="C11", starts_on=start.date(), starts_at=start)
    rules.change("C11", by=sysadmin, reason=WHY, version=1, length=50, confirmed=True)

    recount = all_of_it(ask(sysadmin))

    deadline.refresh_from_db()
    assert (deadline.due_at, deadline.sequence, recount.changed) == (start + timedelta(hours=50), 1, 1)


def test_a_list_that_is_no_longer_true_is_a_conflict(sysadmin, prosecutor):
    DeadlineFactory(responsible=prosecutor)
    twenty_days(sysadmin)
    old = fingerprint(Cause.TERM, sysadmin.organisation)
    rules.change("P6a", by=sysadmin, reason=WHY, version=2, length=25, confirmed=True)

    with pytest.raises(Conflict):
        actions.apply(cause=Cause.TERM, basis=old, reason=WHY, by=sysadmin)

    assert not Recount.objects.exists()
    assert not Job.objects.exists()


def test_rules_changed_on_the_way_stop_the_recount(sysadmin, prosecutor, monkeypatch):
    monkeypatch.setattr(work, "BATCH", 1)
    monkeypatch.setattr(leases, "AT_ONCE", 1)
    DeadlineFactory.create_batch(2, responsible=prosecutor)
    twenty_days(sysadmin)
    recount = ask(sysadmin)
    work.work(recount.pk)
    rules.change("P6a", by=sysadmin, reason=WHY, version=2, length=25, confirmed=True)

    all_of_it(recount)

    recount.job.refresh_from_db()
    assert (recount.job.status, recount.job.done, recount.changed) == ("failed", 1, 1)
    assert Notification.objects.get().title.startswith("期限有变动：1 项")  # what moved is told all the same


def test_a_worker_that_dies_costs_one_batch_and_nothing_twice(sysadmin, prosecutor, monkeypatch):
    monkeypatch.setattr(work, "BATCH", 2)
    DeadlineFactory.create_batch(5, responsible=prosecutor)
    twenty_days(sysadmin)
    recount, write, calls = ask(sysadmin), work._write, []

    def dying(*args):
        calls.append(1)
        made = write(*args)
        if len(calls) == 2:
            raise KeyboardInterrupt  # SIGKILL would end the transaction in the same way
        return made

    monkeypatch.setattr(work, "_write", dying)
    with pytest.raises(KeyboardInterrupt):
        work.work(recount.pk)
    assert (DeadlineRecount.objects.count(), work.sweep()) == (2, 0)  # the lease still holds
    with clock.travel(NOW + timedelta(seconds=46)):
        assert work.sweep() == 1

    recount.refresh_from_db()
    assert (recount.changed, DeadlineRecount.objects.count(), recount.job.status) == (5, 5, "done")
    assert set(Deadline.objects.values_list("due_on", "sequence")) == {(date(2026, 8, 24), 1)}
    assert Notification.objects.get().title.startswith("期限有变动：5 项")


def test_an_error_is_named_on_the_page_and_tried_again(sysadmin, prosecutor, monkeypatch):
    DeadlineFactory(responsible=prosecutor)
    twenty_days(sysadmin)
    recount = ask(sysadmin)
    with monkeypatch.context() as broken:
        broken.setattr(work, "_write", lambda *args: 1 / 0)
        assert work.work(recount.pk) is False

    text = Job.objects.get().text
    with clock.travel(NOW + timedelta(minutes=1)):
        work.sweep()

    assert text == "有一批没有完成（ZeroDivisionError），稍后自动再试。"
    assert Job.objects.get().status == "done"


def test_cancelling_keeps_what_is_done_and_tells_of_it(sysadmin, prosecutor, monkeypatch):
    monkeypatch.setattr(work, "BATCH", 1)
    monkeypatch.setattr(leases, "AT_ONCE", 1)
    DeadlineFactory.create_batch(3, responsible=prosecutor)
    twenty_days(sysadmin)
    recount = ask(sysadmin)
    work.work(recount.pk)

    actions.cancel(recount, by=sysadmin)
    work.sweep()

    recount.refresh_from_db()
    assert (recount.changed, recount.job.status, recount.done_at is not None) == (1, "cancelled", True)
    assert Notification.objects.get().title.startswith("期限有变动：1 项")
    with pytest.raises(Refused, match="已经结束"):
        actions.cancel(recount, by=sysadmin)


def test_the_same_recount_is_not_asked_for_twice(sysadmin, prosecutor, head):
    DeadlineFactory(responsible=prosecutor)
    twenty_days(sysadmin)
    with pytest.raises(Refused, match="只有系统管理员"):
        ask(head)
    ask(sysadmin)

    with pytest.raises(Refused, match="正在进行"):
        ask(sysadmin)

    assert Recount.objects.count() == 1


def test_watchers_are_told_too_and_everybody_sees_their_own(sysadmin, prosecutor, prosecutor2, other, head):
    mine, theirs = DeadlineFactory(responsible=prosecutor), DeadlineFactory(responsible=prosecutor2)
    WatcherFactory(deadline=mine, user=head)
    WatcherFactory(deadline=mine, user=prosecutor)
    twenty_days(sysadmin)
    recount = all_of_it(ask(sysadmin))

    url = reverse("deadlines:changes", args=[recount.pk])
    page = client_for(prosecutor).get(url).content.decode()

    assert dict(Notification.objects.values_list("recipient__username", "title")) == dict.fromkeys(
        ["prosecutor", "prosecutor2", "head"], "期限有变动：1 项到期日改变，见“期限变动”"
    )
    assert mine.title in page
    assert theirs.title not in page
    assert mine.title in client_for(head).get(url).content.decode()
    assert client_for(other).get(url).status_code == 404


def test_nothing_is_told_before_commit(sysadmin, prosecutor, django_capture_on_commit_callbacks):
    DeadlineFactory(responsible=prosecutor)
    twenty_days(sysadmin)

    with django_capture_on_commit_callbacks(execute=True):
        ask(sysadmin)
        assert not Notification.objects.exists()

    assert Notification.objects.count() == 1
    assert Recount.objects.get().done_at is not None


def test_the_page_lists_applies_and_follows_until_the_end(
    sysadmin, prosecutor, django_capture_on_commit_callbacks
):
    deadline = DeadlineFactory(responsible=prosecutor)
    twenty_days(sysadmin)
    client, url = client_for(sysadmin), reverse("deadlines:recount")

    listed = client.get(url)
    facts = listed.context["form"].initial | {"reason": WHY}
    answer = client.post(url, facts)
    running = client.get(answer["Location"]).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        pass
    work.sweep()
    over = client.get(answer["Location"]).content.decode()

    page = listed.content.decode()
    assert deadline.title in page
    assert deadline.owner_url not in page  # the keeper of rules does not read cases
    assert "推后 1 项，提前 0 项" in page
    assert 'hx-trigger="every 2s"' in running
    assert "取消重算" in running
    assert "every 2s" not in over
    assert "1 项到期日改变，已告知 1 人。" in over


def test_the_page_makes_a_new_list_when_the_rules_have_changed(sysadmin, prosecutor):
    DeadlineFactory(responsible=prosecutor)
    twenty_days(sysadmin)
    client, url = client_for(sysadmin), reverse("deadlines:recount")
    facts = client.get(url).context["form"].initial | {"reason": WHY}
    rules.change("P6a", by=sysadmin, reason=WHY, version=2, length=25, confirmed=True)

    answer = client.post(url, facts)
    page = answer.content.decode()

    assert answer.status_code == 409
    assert actions.CHANGED_SINCE in page
    assert "2026-08-28" in page
    assert f'value="{WHY}"' in page
    assert f'value="{fingerprint(Cause.TERM, sysadmin.organisation)}"' in page


def test_the_list_costs_the_same_for_one_and_thirty(sysadmin, prosecutor, django_assert_max_num_queries):
    client, url = client_for(sysadmin), reverse("deadlines:recount")
    DeadlineFactory(responsible=prosecutor)
    twenty_days(sysadmin)
    with django_assert_max_num_queries(20) as few:
        client.get(url)
    DeadlineFactory.create_batch(29, responsible=prosecutor, code="P6b")
    rules.change("P6b", by=sysadmin, reason=WHY, version=1, length=4, confirmed=True)

    with django_assert_max_num_queries(len(few.captured_queries)):
        client.get(url)


def test_counting_twice_gives_the_same_deadline(prosecutor):
    for code in ("P6a", "P6b", "P1", "C4", "C5", "C18"):
        deadline = DeadlineFactory(responsible=prosecutor, code=code)
        before = counting._seen(deadline)

        outcome = counting.recount(deadline, counting.basis(Cause.HOLIDAY, None))
        again = counting.recount(deadline, counting.basis(Cause.HOLIDAY, None))

        assert (outcome.moved, outcome.touched, again.moved, again.touched) == (False,) * 4
        assert counting._seen(deadline) == before
