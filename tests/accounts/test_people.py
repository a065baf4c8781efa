"""Accounts and units: opened, changed, switched off, never deleted."""

import pytest
from django.test import Client

from accounts import people
from accounts.models import Organisation, User
from accounts.permissions import Role
from audit.models import Entry
from core.refusals import Refused
from tests.accounts.factories import PASSWORD
from tests.cast import client_for


def facts(unit, **changes):
    return {
        "name": "孟检察官",
        "organisation": unit,
        "role": Role.PROSECUTOR,
        "department": "",
        "phone": "",
        **changes,
    }


def form(unit, **changes):
    row = {
        "username": "newcomer",
        "name": "孟检察官",
        "organisation": unit.pk,
        "role": "prosecutor",
        "department": "",
        "phone": "",
    }
    return {**row, **changes}


def test_opening_gives_a_password_once_that_must_be_changed(sysadmin, office):
    response = client_for(sysadmin).post("/settings/users/new/", form(office))

    password = response.context["password"]
    user = User.objects.get(username="newcomer")
    assert user.check_password(password)
    assert user.must_change_password
    assert "no-store" in response.headers["Cache-Control"]
    signed_in = Client()
    signed_in.post("/login/", {"username": "newcomer", "password": password})
    assert signed_in.get("/account/").headers["Location"] == "/account/password/"


def test_one_time_passwords_differ_and_stay_out_of_the_log(sysadmin, office):
    passwords = {people.open_account(username=f"u{n}", **facts(office), by=sysadmin)[1] for n in range(20)}

    assert len(passwords) == 20
    assert not any(password in entry.detail for password in passwords for entry in Entry.objects.all())


@pytest.mark.parametrize(
    "field", ["is_superuser", "is_staff", "must_change_password", "password", "is_active"]
)
def test_nothing_but_the_fields_of_the_form_can_be_set(sysadmin, office, field):
    client_for(sysadmin).post("/settings/users/new/", form(office, **{field: "1"}))

    user = User.objects.get(username="newcomer")
    assert (user.is_superuser, user.is_staff, user.is_active, user.must_change_password) == (
        False,
        False,
        True,
        True,
    )
    assert not user.check_password("1")


@pytest.mark.parametrize(
    ("role", "unit", "sentence"),
    [
        (Role.PARTNER, "office", "合作单位经办人只能属于合作单位，请改单位或角色。"),
        (Role.MEDIATOR, "legal_aid_centre", "调解员只能属于调解组织，请改单位或角色。"),
        (Role.PROSECUTOR, "legal_aid_centre", "承办检察官只能属于检察院，请改单位或角色。"),
        (Role.AUDITOR, "court", "审计管理员只能属于检察院，请改单位或角色。"),
    ],
)
def test_a_role_needs_a_fitting_unit(cast, role, unit, sentence):
    with pytest.raises(Refused, match=sentence):
        people.open_account(username="x", **facts(getattr(cast, unit), role=role), by=cast.sysadmin)

    response = client_for(cast.sysadmin).post("/settings/users/new/", form(getattr(cast, unit), role=role))
    assert response.context["form"].errors["role"] == [sentence]


@pytest.mark.parametrize("who", ["prosecutor", "chief", "security", "auditor", "legalaid"])
def test_only_the_system_administrator_manages_accounts(cast, who):
    by = getattr(cast, who)

    for act in (
        lambda: people.open_account(username="x", **facts(cast.office), by=by),
        lambda: people.change_account(cast.prosecutor2, **facts(cast.office), by=by),
        lambda: people.reset_password(cast.prosecutor2, by=by),
        lambda: people.open_unit(code="X", name="X", by=by),
        lambda: people.change_unit(cast.court, name="X", is_active=True, by=by),
    ):
        with pytest.raises(Refused, match="只有系统管理员"):
            act()


def test_nobody_is_taken_from_or_put_into_a_foreign_unit(sysadmin, other, other_office, prosecutor):
    with pytest.raises(Refused, match="不在你的管理范围内"):
        people.change_account(other, **facts(sysadmin.organisation), by=sysadmin)
    with pytest.raises(Refused, match="不在你的管理范围内"):
        people.change_account(prosecutor, **facts(other_office), by=sysadmin)

    assert client_for(sysadmin).post("/settings/users/new/", form(other_office)).status_code == 422


def test_nobody_gives_themselves_another_role(sysadmin, office):
    with pytest.raises(Refused, match="不能改自己的角色"):
        people.change_account(sysadmin, **facts(office, name="系统管理员"), by=sysadmin)

    sysadmin.refresh_from_db()
    assert sysadmin.role == Role.SYSTEM_ADMIN


def test_a_change_says_what_was_and_what_is(sysadmin, assistant, office):
    people.change_account(
        assistant, **facts(office, name="王助理", phone="0474-8220000"), is_active=False, by=sysadmin
    )

    assert Entry.objects.get().detail == "角色 检察官助理→承办检察官；电话；启用 是→否"


def test_saving_without_a_change_is_not_on_record(sysadmin, prosecutor, office):
    people.change_account(prosecutor, **facts(office, name="李检察官"), is_active=True, by=sysadmin)

    assert Entry.objects.count() == 0


def test_a_reset_password_ends_the_sessions(sysadmin, prosecutor):
    client = client_for(prosecutor)
    client.get("/account/")

    response = client_for(sysadmin).post(f"/settings/users/{prosecutor.pk}/password")

    prosecutor.refresh_from_db()
    assert prosecutor.check_password(response.context["password"])
    assert not prosecutor.check_password(PASSWORD)
    assert client.get("/account/").status_code == 302


def test_a_taken_username_is_refused_in_a_sentence(sysadmin, office, prosecutor):
    response = client_for(sysadmin).post("/settings/users/new/", form(office, username="Prosecutor"))

    assert response.context["form"].non_field_errors() == ["用户名 prosecutor 已有人使用，请换一个。"]


@pytest.mark.parametrize("username", ["1abc", "张三", "a b", "a@b", "é"])
def test_a_username_is_plain_letters(sysadmin, office, username):
    response = client_for(sysadmin).post("/settings/users/new/", form(office, username=username))

    assert response.context["form"].errors["username"][0].startswith("用户名只能用小写字母")


def test_a_unit_is_put_into_the_tree(sysadmin, office):
    row = {
        "code": "150902-gh01",
        "name": "集宁区总工会",
        "abbreviation": "",
        "kind": "trade_union",
        "region_code": "150902",
    }

    response = client_for(sysadmin).post(
        "/settings/organisations/new/", {**row, "parent": office.pk, "phone": ""}
    )

    assert response.status_code == 302
    unit = Organisation.objects.get(code="150902-GH01")
    assert unit.path == f"{office.path}150902-GH01/"
    assert unit.is_partner


def test_a_procuratorate_needs_its_short_name(sysadmin, office):
    row = {
        "code": "150999",
        "name": "示例检察院",
        "abbreviation": "",
        "kind": "procuratorate",
        "region_code": "150999",
    }

    response = client_for(sysadmin).post("/settings/organisations/new/", {**row, "parent": office.pk})

    assert response.context["form"].errors["abbreviation"] == ["检察院还没填简称，文号要用它，例如：集。"]


def test_code_kind_and_place_of_a_unit_stay(sysadmin, legal_aid_centre, office):
    row = {"name": "集宁区法律援助中心", "region_code": "150902", "is_active": "on"}
    sent = {**row, "code": "X", "kind": "procuratorate", "parent": ""}

    client_for(sysadmin).post(f"/settings/organisations/{legal_aid_centre.pk}/", sent)

    legal_aid_centre.refresh_from_db()
    assert (legal_aid_centre.code, legal_aid_centre.kind, legal_aid_centre.parent) == (
        "150902-FY01",
        "legal_aid",
        office,
    )


def test_the_own_unit_cannot_be_switched_off(sysadmin, office):
    with pytest.raises(Refused, match="不能停用自己所在的单位"):
        people.change_unit(office, name=office.name, is_active=False, by=sysadmin)


def test_the_list_costs_the_same_at_one_and_at_many(sysadmin, cast, django_assert_max_num_queries):
    client = client_for(sysadmin)
    client.get("/settings/users/")
    with django_assert_max_num_queries(12) as few:
        client.get("/settings/users/")
    _ = [cast.prosecutor, cast.clerk, cast.legalaid, cast.labour, cast.mediator]

    with django_assert_max_num_queries(len(few)):
        content = client.get("/settings/users/").content.decode()

    assert "赵律师" in content
    assert "市院督导" not in content


def test_a_procuratorate_keeps_its_short_name(sysadmin, office):
    row = {"name": office.name, "abbreviation": "", "region_code": "150902", "is_active": "on"}

    response = client_for(sysadmin).post(f"/settings/organisations/{office.pk}/", row)

    assert response.context["form"].errors["abbreviation"] == ["检察院还没填简称，文号要用它，例如：集。"]
