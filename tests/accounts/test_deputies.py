from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from accounts import deputies
from accounts.models import Deputy
from audit.models import Entry
from core import clock
from core.refusals import Refused
from tests.accounts.factories import DeputyFactory, UserFactory
from tests.cast import client_for
from tests.htmx import assert_panel_is_part_of_page

MONDAY = date(2026, 11, 23)


def name(by, substitute, *, starts_on=MONDAY, ends_on=MONDAY + timedelta(days=4)):
    return deputies.name(
        substitute=substitute, starts_on=starts_on, ends_on=ends_on, reason="外出培训", by=by
    )


def test_a_head_names_a_substitute_and_it_is_on_record(head, prosecutor):
    deputy = name(head, prosecutor)

    assert (deputy.absent, deputy.substitute, deputy.revoked_at) == (head, prosecutor, None)
    assert "指定代理：李检察官 代 赵主任（2026-11-23 至 2026-11-27）" in Entry.objects.get().detail


@pytest.mark.parametrize(("day", "stands_in"), [(-1, False), (0, True), (4, True), (5, False)])
def test_both_days_count(head, prosecutor, day, stands_in):
    deputy = name(head, prosecutor)

    assert (deputy in Deputy.objects.on(MONDAY + timedelta(days=day))) is stands_in


@pytest.mark.parametrize("who", ["prosecutor", "assistant", "clerk"])
def test_those_without_a_signature_name_nobody(cast, who):
    with pytest.raises(Refused, match="只有部门负责人和分管副检察长可以指定代理审批人"):
        name(getattr(cast, who), cast.chief)


@pytest.mark.parametrize("who", ["head", "assistant", "clerk", "other", "legalaid", "sysadmin"])
def test_the_substitute_is_a_colleague_who_could_sign(cast, who):
    with pytest.raises(Refused, match="代理人应是本院在岗的检察官或院领导"):
        name(cast.head, getattr(cast, who))

    assert Deputy.objects.count() == 0


def test_a_deactivated_colleague_cannot_stand_in(head, office):
    with pytest.raises(Refused, match="在岗"):
        name(head, UserFactory(organisation=office, is_active=False))


def test_two_arrangements_of_one_person_never_overlap(head, prosecutor, prosecutor2):
    name(head, prosecutor)

    with pytest.raises(
        Refused, match="这段时间已由李检察官代理（2026-11-23 至 2026-11-27），请改日期或先撤销。"
    ):
        name(head, prosecutor2, starts_on=MONDAY + timedelta(days=4), ends_on=MONDAY + timedelta(days=9))

    assert name(
        head, prosecutor2, starts_on=MONDAY + timedelta(days=5), ends_on=MONDAY + timedelta(days=9)
    ).pk


def test_naming_locks_the_absent_before_it_looks(head, prosecutor, django_assert_max_num_queries):
    with django_assert_max_num_queries(12) as queries:
        name(head, prosecutor)

    assert "FOR UPDATE" in next(q["sql"] for q in queries if q["sql"].startswith("SELECT"))


def test_the_end_does_not_come_before_the_beginning(head, prosecutor):
    with pytest.raises(Refused, match="结束日期早于开始日期"):
        name(head, prosecutor, ends_on=MONDAY - timedelta(days=1))

    with pytest.raises(IntegrityError, match="deputy_dates_in_order"), transaction.atomic():
        DeputyFactory(
            absent=head, substitute=prosecutor, starts_on=MONDAY, ends_on=MONDAY - timedelta(days=1)
        )


def test_revoked_stands_in_no_more(head, prosecutor):
    deputy = name(head, prosecutor)

    deputies.revoke(deputy, by=head)

    assert not Deputy.objects.on(MONDAY).exists()
    with pytest.raises(Refused, match="已经撤销"):
        deputies.revoke(deputy, by=head)


def test_only_the_absent_revokes(head, chief, prosecutor):
    deputy = name(head, prosecutor)

    with pytest.raises(Refused, match="只有本人可以撤销"):
        deputies.revoke(deputy, by=chief)

    assert Deputy.objects.on(MONDAY).count() == 1


def test_colleagues_see_who_stands_in_and_strangers_do_not(head, prosecutor, clerk, other):
    DeputyFactory(absent=head, substitute=prosecutor)

    assert "李检察官 代 赵主任" in client_for(clerk).get("/account/deputies/").content.decode()
    assert "赵主任" not in client_for(other).get("/account/deputies/").content.decode()


def test_the_page_names_and_revokes(head, prosecutor):
    client = client_for(head)
    day = clock.today().isoformat()
    form = {"substitute": prosecutor.pk, "starts_on": day, "ends_on": day, "reason": "年休假"}

    assert client.post("/account/deputies/", form).status_code == 302
    deputy = Deputy.objects.get()
    assert client.post(f"/account/deputies/{deputy.pk}/revoke").status_code == 302

    assert Deputy.objects.get().revoked_at is not None


def test_a_foreign_substitute_is_not_on_the_list(head, other):
    day = clock.today().isoformat()
    form = {"substitute": other.pk, "starts_on": day, "ends_on": day, "reason": "年休假"}

    response = client_for(head).post("/account/deputies/", form)

    assert response.status_code == 422
    assert response.context["form"].errors["substitute"] == ["代理人不在列表里，请重新选一位。"]


def test_the_panel_is_part_of_the_page(head, prosecutor):
    DeputyFactory(absent=head, substitute=prosecutor)

    assert_panel_is_part_of_page(client_for(head), "/account/deputies/")
