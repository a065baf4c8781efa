"""重算清单 of more than a page can count; who may recount the holidays; who hears of a change."""

from datetime import date, datetime, timedelta

import pytest
from django.urls import reverse

from accounts.models import Absence, User
from accounts.permissions import Role
from core import clock
from core.refusals import Refused
from deadlines.holidays import policy
from deadlines.models import ForeseenChange, Holiday, Recount, RecountHearer, RecountList
from deadlines.recounts import actions, counting, leases, listing, work
from deadlines.terms import actions as rules
from notifications.models import Notification
from tests.accounts.factories import OrganisationFactory, UserFactory
from tests.cast import client_for
from tests.deadlines.factories import DeadlineFactory, ForeseenChangeFactory, RecountListFactory

Cause = Recount.Cause
WHY = "检委会会议纪要"
NOW = datetime(2026, 8, 4, 10)
URL = "deadlines:recount"


@pytest.fixture(autouse=True)
def _august():
    with clock.travel(NOW):
        yield


@pytest.fixture
def many(monkeypatch, sysadmin, prosecutor, other):
    """Seven deadlines of two offices whose day becomes a holiday: more than may be counted at sight."""
    monkeypatch.setattr(listing, "AT_SIGHT", 3)
    monkeypatch.setattr(listing, "BATCH", 2)
    monkeypatch.setattr(leases, "AT_ONCE", 2)
    DeadlineFactory.create_batch(5, responsible=prosecutor)
    DeadlineFactory.create_batch(2, responsible=other)
    Holiday.objects.create(day=date(2026, 8, 18), kind="off", name="临时放假")


def run_out(made):
    rounds = 0
    while listing.work(made.pk):
        rounds += 1
    made.refresh_from_db()
    return rounds


def ask(by, cause=Cause.HOLIDAY):
    basis = counting.basis(cause, listing.scope(cause, by.organisation)).fingerprint
    return actions.apply(cause=cause, basis=basis, reason=WHY, by=by)


def finished(recount):
    while work.work(recount.pk):
        pass
    recount.refresh_from_db()
    return recount


def test_the_job_lists_everything_in_batches_with_counts_by_office(many, sysadmin, prosecutor, other):
    assert not listing.preview(Cause.HOLIDAY, sysadmin.organisation).is_ready

    made = actions.list_all(cause=Cause.HOLIDAY, by=sysadmin)
    rounds = run_out(made)

    found = listing.preview(Cause.HOLIDAY, sysadmin.organisation)
    assert (rounds, made.job.status, made.job.done, made.job.total) == (2, "done", 7, 7)
    assert (found.is_ready, found.moved, found.later) == (True, 7, 7)
    assert [(row["unit"], row["later"]) for row in found.by_office()] == [
        (prosecutor.organisation, 5), (other.organisation, 2),
    ]  # fmt: skip
    assert [line.new_due for line in found.page(None)] == [date(2026, 8, 19)] * 7
    assert len(found.page(None, str(other.organisation_id))) == 2


def test_a_list_that_dies_goes_on_behind_its_last_batch(many, sysadmin, monkeypatch):
    made = actions.list_all(cause=Cause.HOLIDAY, by=sysadmin)
    with monkeypatch.context() as dying:
        dying.setattr(ForeseenChange.objects.__class__, "bulk_create", _third_time_dies())
        with pytest.raises(KeyboardInterrupt):
            run_out(made)
    assert ForeseenChange.objects.count() == 4

    with clock.travel(NOW + timedelta(seconds=46)):
        while listing.sweep():
            pass

    made.refresh_from_db()
    assert (ForeseenChange.objects.count(), made.job.status) == (7, "done")
    assert sum(counts["later"] for counts in made.offices.values()) == 7


def _third_time_dies():
    calls, real = [], ForeseenChange.objects.__class__.bulk_create

    def create(self, rows, *args, **kwargs):
        calls.append(1)
        if len(calls) == 3:
            raise KeyboardInterrupt
        return real(self, rows, *args, **kwargs)

    return create


def test_rules_changed_on_the_way_end_the_list(many, sysadmin):
    made = actions.list_all(cause=Cause.HOLIDAY, by=sysadmin)
    assert actions.list_all(cause=Cause.HOLIDAY, by=sysadmin) == made
    listing.work(made.pk)
    Holiday.objects.create(day=date(2026, 8, 19), kind="off", name="临时放假")

    run_out(made)

    assert (made.job.status, made.job.text) == ("failed", listing.OVERTAKEN)
    assert not listing.preview(Cause.HOLIDAY, sysadmin.organisation).is_ready


def test_nothing_so_large_is_applied_unlisted_and_the_number_is_compared(many, sysadmin, prosecutor):
    with pytest.raises(Refused, match="请先在后台列出"):
        ask(sysadmin)
    assert not Recount.objects.exists()
    run_out(actions.list_all(cause=Cause.HOLIDAY, by=sysadmin))
    found = listing.preview(Cause.HOLIDAY, sysadmin.organisation)
    DeadlineFactory(responsible=prosecutor).delete()

    recount = finished(
        actions.apply(cause=Cause.HOLIDAY, basis=found.basis.fingerprint, foreseen=8, reason=WHY, by=sysadmin)
    )

    assert recount.job.text == "已重算，7 项到期日改变（列出时 8 项，其间办结、改动的按现状重算）。"


def test_old_lists_are_forgotten_and_the_newest_stays(sysadmin):
    old = ForeseenChangeFactory(list=RecountListFactory(requested_by=sysadmin))
    new = ForeseenChangeFactory(list=RecountListFactory(requested_by=sysadmin))
    elsewhere = ForeseenChangeFactory()

    assert (listing.forget_old(), listing.forget_old()) == (1, 0)
    assert not ForeseenChange.objects.filter(pk=old.pk).exists()
    assert ForeseenChange.objects.filter(pk__in=[new.pk, elsewhere.pk]).count() == 2


def test_the_page_offers_the_list_follows_it_and_pages_through_it(
    many, sysadmin, monkeypatch, django_capture_on_commit_callbacks
):
    monkeypatch.setattr(listing, "ON_A_PAGE", 4)
    client, url = client_for(sysadmin), reverse(URL) + "?cause=holiday"
    page = client.get(url).text
    assert "在后台列出" in page
    assert "重算 7 项期限" not in page

    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(reverse("deadlines:recount_list"), {"cause": "holiday"})
    progress = client.get(answer["Location"]).text
    listed, second = client.get(url).text, client.get(f"{url}&page=2").text

    assert "已列出，共核算 7 项。" in progress
    assert "推后 7 项，提前 0 项" in listed
    assert "2 个单位有变动" in listed
    assert (listed.count("推后 1 天"), second.count("推后 1 天")) == (4, 3)
    assert "重算 7 项期限" in listed


# who may recount the holidays (ADR 0009)


@pytest.fixture
def city_admin(cast):
    return UserFactory(role=Role.SYSTEM_ADMIN, organisation=cast.city_office)


def test_the_highest_office_with_an_administrator_keeps_the_holidays(cast, sysadmin):
    below = OrganisationFactory(kind="procuratorate", abbreviation="某", parent=sysadmin.organisation)
    lower = UserFactory(role=Role.SYSTEM_ADMIN, organisation=below)
    assert policy.keeper() == sysadmin.organisation
    assert policy.why_not_keep(sysadmin) == ""
    assert f"由 {sysadmin.organisation} 的系统管理员维护" in policy.why_not_keep(lower)

    city = UserFactory(role=Role.SYSTEM_ADMIN, organisation=cast.city_office)

    assert policy.keeper() == cast.city_office
    assert policy.why_not_keep(city) == ""
    assert policy.why_not_keep(sysadmin) != ""
    User.objects.filter(pk=city.pk).update(is_active=False)
    assert policy.keeper() == sysadmin.organisation


def test_an_office_below_sees_its_own_list_and_moves_nothing(city_admin, sysadmin, prosecutor, other):
    DeadlineFactory(responsible=prosecutor)
    DeadlineFactory(responsible=other)
    Holiday.objects.create(day=date(2026, 8, 18), kind="off", name="临时放假")
    client, url = client_for(sysadmin), reverse(URL) + "?cause=holiday"

    page = client.get(url)
    answer = client.post(url, page.context["form"].initial | {"reason": WHY})

    assert "节假日全国统一、所有单位共用" in page.text
    assert page.text.count("推后 1 天") == 1
    assert "重算 2 项期限" not in page.text
    assert (answer.status_code, Recount.objects.count()) == (422, 0)
    for verb in (lambda: ask(sysadmin), lambda: actions.list_all(cause=Cause.HOLIDAY, by=sysadmin)):
        with pytest.raises(Refused, match="节假日全国统一"):
            verb()
    assert not RecountList.objects.exists()
    assert ask(city_admin).organisation is None


def test_the_import_page_says_whom_to_ask(city_admin, sysadmin):
    page = client_for(sysadmin).get(reverse("deadlines:holiday_import")).text

    assert f"由 {city_admin.organisation} 的系统管理员维护" in page
    assert "先检查，不保存" not in page
    assert "导入放假安排" not in client_for(sysadmin).get(reverse("deadlines:holidays")).text


# who hears of it


def shorter(by, days):
    return rules.change("P6a", by=by, reason=WHY, version=1, length=days, confirmed=True)


def told():
    return dict(Notification.objects.values_list("recipient__username", "title"))


def test_the_head_hears_of_what_comes_nearer_and_only_of_that(sysadmin, prosecutor, head):
    DeadlineFactory(responsible=prosecutor)
    shorter(sysadmin, 10)

    finished(ask(sysadmin, Cause.TERM))

    sentence = "期限有变动：1 项到期日改变，其中 1 项提前或者已超期，见“期限变动”"
    assert told() == dict.fromkeys([prosecutor.username, head.username], sentence)


def test_whoever_stands_in_hears_once_of_all_and_sees_them(sysadmin, prosecutor, prosecutor2, head):
    mine = DeadlineFactory(responsible=prosecutor)
    DeadlineFactory(responsible=prosecutor2)
    Absence.objects.create(
        user=prosecutor,
        covered_by=prosecutor2,
        starts_on=clock.today(),
        ends_on=clock.today(),
        reason="年休假",
        created_by=head,
    )
    shorter(sysadmin, 20)

    recount = finished(ask(sysadmin, Cause.TERM))

    assert told() == {
        prosecutor.username: "期限有变动：1 项到期日改变，见“期限变动”",
        prosecutor2.username: "期限有变动：2 项到期日改变，见“期限变动”",
    }
    assert RecountHearer.objects.count() == 3
    page = client_for(prosecutor2).get(reverse("deadlines:changes", args=[recount.pk])).text
    assert (mine.title in page, "共 2 项" in page) == (True, True)
    assert client_for(head).get(reverse("deadlines:changes", args=[recount.pk])).status_code == 404
