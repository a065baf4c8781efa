"""请假、外出: who is away, who is reminded instead."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from threading import Barrier

import pytest
from django.db import IntegrityError, connection, transaction

from accounts import absences
from accounts.models import Absence
from audit.models import Entry
from core import clock
from core.refusals import Refused
from tests.accounts.factories import AbsenceFactory, UserFactory
from tests.cast import client_for
from tests.htmx import assert_panel_is_part_of_page

MONDAY = date(2026, 11, 23)
FRIDAY = MONDAY + timedelta(days=4)
URL = "/account/absences/"


@pytest.fixture(autouse=True)
def _monday():
    with clock.travel(MONDAY):
        yield


def enter(user, covered_by, *, by=None, starts_on=MONDAY, ends_on=FRIDAY, reason="年休假"):
    facts = {"starts_on": starts_on, "ends_on": ends_on, "reason": reason}
    return absences.enter(user=user, covered_by=covered_by, by=by or user, **facts)


def test_a_colleague_covers_and_it_is_on_record(prosecutor, assistant):
    absence = enter(prosecutor, assistant)

    assert (absence.user, absence.covered_by, absence.created_by) == (prosecutor, assistant, prosecutor)
    assert Entry.objects.get().detail == "登记请假：李检察官（2026-11-23 至 2026-11-27）由 王助理 代办"


@pytest.mark.parametrize(("day", "away"), [(-1, False), (0, True), (4, True), (5, False)])
def test_both_days_count(prosecutor, assistant, day, away):
    absence = enter(prosecutor, assistant)

    assert (absence in Absence.objects.on(MONDAY + timedelta(days=day))) is away


def test_a_cover_who_left_counts_no_more(prosecutor, assistant, other_office):
    enter(prosecutor, assistant)
    assistant.organisation = other_office
    assistant.save()

    assert not Absence.objects.on(MONDAY).exists()


def test_partners_cover_each_other(legalaid, legalaid2):
    assert enter(legalaid, legalaid2).pk


@pytest.mark.parametrize("who", ["other", "legalaid", "sysadmin"])
def test_the_cover_is_of_the_same_unit_and_answers_for_deadlines(cast, who):
    with pytest.raises(Refused, match="代办人应是本单位在岗的人员，请另选一位。"):
        enter(cast.prosecutor, getattr(cast, who))


def test_a_deactivated_colleague_covers_nobody(prosecutor, office):
    with pytest.raises(Refused, match="在岗"):
        enter(prosecutor, UserFactory(organisation=office, is_active=False))


def test_leaders_enter_for_the_office_and_nobody_else_does(cast):
    assert enter(cast.prosecutor, cast.assistant, by=cast.head).created_by == cast.head
    assert enter(cast.head, cast.prosecutor2, by=cast.chief).created_by == cast.chief
    assert enter(cast.chief, cast.clerk, by=cast.chief).user == cast.chief
    for by in (cast.assistant, cast.other_head, cast.sysadmin):
        with pytest.raises(Refused, match="只能登记自己的请假"):
            enter(cast.prosecutor2, cast.assistant, by=by)


def test_nobody_covers_themselves(prosecutor):
    with pytest.raises(Refused, match="代办人不能是本人，请另选一位。"):
        enter(prosecutor, prosecutor)
    with pytest.raises(IntegrityError, match="absence_covered_by_another"), transaction.atomic():
        AbsenceFactory(user=prosecutor, covered_by=prosecutor)


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({"ends_on": MONDAY - timedelta(days=1)}, "结束日期早于开始日期"),
        (
            {"starts_on": MONDAY - timedelta(days=3), "ends_on": MONDAY - timedelta(days=1)},
            "结束日期 2026-11-22 已经过去，请改成今天或以后的日期。",
        ),
        ({"reason": "  "}, "还没填请假事由。"),
    ],
)
def test_dates_and_reason_are_demanded(prosecutor, assistant, facts, sentence):
    with pytest.raises(Refused, match=sentence):
        enter(prosecutor, assistant, **facts)


def test_whoever_was_away_already_may_enter_it_afterwards(prosecutor, assistant):
    assert enter(prosecutor, assistant, starts_on=MONDAY - timedelta(days=2)).pk


def test_two_absences_of_one_person_never_overlap(prosecutor, assistant, clerk):
    enter(prosecutor, assistant)

    with pytest.raises(
        Refused, match=r"李检察官这段时间已登记请假（2026-11-23 至 2026-11-27），请改日期或先撤销。"
    ):
        enter(prosecutor, clerk, starts_on=FRIDAY, ends_on=FRIDAY + timedelta(days=3))

    assert enter(prosecutor, clerk, starts_on=FRIDAY + timedelta(days=1), ends_on=FRIDAY + timedelta(days=3))


def test_whoever_is_away_covers_nobody(prosecutor, assistant, clerk):
    enter(assistant, clerk)

    with pytest.raises(Refused, match="王助理这段时间也请假（2026-11-23 至 2026-11-27），请另选一位代办人。"):
        enter(prosecutor, assistant)


def test_whoever_covers_does_not_go_away_unseen(prosecutor, assistant, clerk):
    absence = enter(prosecutor, assistant)

    with pytest.raises(
        Refused,
        match="王助理这段时间代李检察官办理（2026-11-23 至 2026-11-27），请先把那项请假改由他人代办。",
    ):
        enter(assistant, clerk)

    absences.revoke(absence, by=prosecutor)
    assert enter(assistant, clerk).pk


def test_one_colleague_may_cover_two(prosecutor, prosecutor2, assistant):
    enter(prosecutor, assistant)

    assert enter(prosecutor2, assistant).pk


def test_oneself_or_the_head_revokes_once(cast):
    absence = enter(cast.prosecutor, cast.assistant)
    for by in (cast.assistant, cast.other_head):
        with pytest.raises(Refused, match="只有本人、部门负责人和分管副检察长可以撤销请假。"):
            absences.revoke(absence, by=by)

    absences.revoke(absence, by=cast.head)

    assert not Absence.objects.on(MONDAY).exists()
    with pytest.raises(Refused, match="已经撤销"):
        absences.revoke(absence, by=cast.prosecutor)


def test_both_people_are_locked_before_anything_is_looked_at(
    prosecutor, assistant, django_assert_max_num_queries
):
    with django_assert_max_num_queries(12) as queries:
        enter(prosecutor, assistant)

    first = next(q["sql"] for q in queries if q["sql"].startswith("SELECT"))
    assert "FOR NO KEY UPDATE" in first
    assert 'ORDER BY "accounts_user"."id" ASC' in first


@pytest.mark.concurrency
@pytest.mark.django_db(transaction=True)
def test_two_who_name_each_other_at_once_do_not_both_go(prosecutor, assistant):
    for round_ in range(5):
        gate, day = Barrier(2), clock.today() + timedelta(days=10 * round_)

        def go(pair, gate=gate, day=day):
            gate.wait()
            try:
                with clock.travel(MONDAY):
                    enter(*pair, starts_on=day, ends_on=day)
            except Refused:
                return 0
            finally:
                connection.close()
            return 1

        with ThreadPoolExecutor(2) as pool:
            went = list(pool.map(go, [(prosecutor, assistant), (assistant, prosecutor)]))

        assert sum(went) == Absence.objects.on(day).count() == 1


def test_the_unit_sees_who_is_away_and_strangers_do_not(prosecutor, assistant, other, legalaid):
    AbsenceFactory(user=prosecutor, covered_by=assistant)

    assert "李检察官，由 王助理 代办" in client_for(assistant).get(URL).content.decode()
    assert all("李检察官" not in client_for(who).get(URL).content.decode() for who in (other, legalaid))


def test_past_and_revoked_ones_are_not_listed(prosecutor, assistant):
    AbsenceFactory(
        user=prosecutor, covered_by=assistant, ends_on=MONDAY - timedelta(1), starts_on=MONDAY - timedelta(3)
    )
    AbsenceFactory(user=prosecutor, covered_by=assistant, revoked_at=clock.now())

    assert "目前没有人请假。" in client_for(prosecutor).get(URL).content.decode()


def test_the_page_enters_and_revokes(prosecutor, assistant):
    client = client_for(prosecutor)
    day = MONDAY.isoformat()
    form = {"covered_by": assistant.pk, "starts_on": day, "ends_on": day, "reason": "年休假"}

    assert client.post(URL, form).status_code == 302
    absence = Absence.objects.get()
    assert (absence.user, absence.covered_by) == (prosecutor, assistant)
    assert client.post(f"{URL}{absence.pk}/revoke").status_code == 302

    assert Absence.objects.get().revoked_at is not None


def test_the_leaders_page_asks_for_whom_and_others_cannot_slip_it_in(head, prosecutor, assistant, clerk):
    day = MONDAY.isoformat()
    form = {"covered_by": assistant.pk, "starts_on": day, "ends_on": day, "reason": "外出办案"}

    client_for(head).post(URL, form | {"user": prosecutor.pk})
    client_for(clerk).post(URL, form | {"user": head.pk})

    assert {a.user for a in Absence.objects.all()} == {prosecutor, clerk}


def test_what_was_typed_stays_when_it_is_refused(prosecutor, assistant):
    AbsenceFactory(user=assistant, covered_by=UserFactory(organisation=assistant.organisation))
    day = MONDAY.isoformat()
    form = {"covered_by": assistant.pk, "starts_on": day, "ends_on": day, "reason": "陪护家人"}

    answer = client_for(prosecutor).post(URL, form)

    assert answer.status_code == 422
    page = answer.content.decode()
    assert "王助理这段时间也请假" in page
    assert 'value="陪护家人"' in page


def test_the_account_page_leads_there(prosecutor, legalaid, sysadmin):
    pages = [client_for(who).get("/account/").content.decode() for who in (prosecutor, legalaid, sysadmin)]

    assert [URL in page for page in pages] == [True, True, False]


def test_the_panel_is_part_of_the_page(head, prosecutor, assistant):
    AbsenceFactory(user=prosecutor, covered_by=assistant)

    assert_panel_is_part_of_page(client_for(head), URL)


def test_thirty_rows_cost_the_queries_of_one(prosecutor, office, settings, django_assert_max_num_queries):
    settings.NAVIGATION_COUNTS_SECONDS = 30
    browser = client_for(prosecutor)
    browser.get(URL)

    def cost() -> int:
        with django_assert_max_num_queries(12) as queries:
            browser.get(URL)
        return len(queries)

    def away(many: int) -> None:
        for user in UserFactory.create_batch(many, organisation=office):
            AbsenceFactory(user=user, covered_by=prosecutor)

    away(1)
    one = cost()
    away(29)
    assert cost() == one
