import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404

from accounts.access import demand, get_or_404, whom_to_ask
from accounts.models import User
from accounts.permissions import ADMIN_ROLES, GRANTS, PERMISSION_NAMES, Permission, Role
from audit.models import Entry, Verb
from tests.cast import client_for


def seen_by(user):
    return User.objects.visible_to(user)


def test_get_or_404_gives_what_the_user_sees(prosecutor, prosecutor2):
    assert get_or_404(seen_by(prosecutor), prosecutor, pk=prosecutor2.pk) == prosecutor2
    assert Entry.objects.count() == 0


def test_a_look_outside_the_scope_is_on_record_without_the_object(prosecutor, other):
    with pytest.raises(Http404):
        get_or_404(seen_by(prosecutor), prosecutor, pk=other.pk)

    entry = Entry.objects.get()
    assert (entry.verb, entry.actor, entry.target_label, entry.target_id) == (
        Verb.DENIED,
        "李检察官",
        "用户",
        "",
    )


def test_a_look_at_nothing_is_not_on_record(prosecutor):
    with pytest.raises(Http404):
        get_or_404(seen_by(prosecutor), prosecutor, pk=0)

    assert Entry.objects.count() == 0


@pytest.mark.parametrize("pk", ["x", "1 OR 1=1", None, "9" * 40])
def test_an_address_that_nothing_can_have_is_a_404(prosecutor, pk):
    with pytest.raises(Http404):
        get_or_404(seen_by(prosecutor), prosecutor, pk=pk)


def test_demand_names_whom_to_ask_and_writes_it_down(prosecutor):
    with pytest.raises(PermissionDenied, match="你没有“操作审计”的权限。需要办理请联系本单位的审计管理员。"):
        demand(prosecutor, Permission.AUDIT_SEE)

    assert [(e.verb, e.target_label) for e in Entry.objects.all()] == [(Verb.DENIED, "操作审计")]


def test_the_403_page_says_whom_to_ask(prosecutor):
    response = client_for(prosecutor).get("/settings/users/")

    assert response.status_code == 403
    assert whom_to_ask(Permission.ACCOUNTS_MANAGE, prosecutor) in response.content.decode()


def test_every_permission_has_a_name_and_a_holder():
    assert set(PERMISSION_NAMES) == set(Permission)
    assert set().union(*GRANTS.values()) == set(Permission)


def test_the_three_administrators_share_nothing_and_see_no_case():
    kinds = [GRANTS[role] for role in ADMIN_ROLES]
    case_rights = {
        p for p in Permission if p.startswith(("case", "referral", "mediat", "money", "reveal", "bank"))
    }

    assert all(not a & b for a in kinds for b in kinds if a is not b)
    assert not set().union(*kinds) & case_rights


def test_only_office_roles_see_cases():
    may = {role for role in Role if Permission.CASE_SEE in GRANTS[role]}

    assert may == {Role.PROSECUTOR, Role.ASSISTANT, Role.CLERK, Role.DEPARTMENT_HEAD, Role.CHIEF}


def test_a_partner_is_sent_to_the_procuratorate_and_not_to_its_own_unit(legalaid):
    assert whom_to_ask(Permission.CASE_SEE, legalaid) == (
        "你没有“查看本院案件”的权限。需要了解办理情况请联系检察院。"
    )
