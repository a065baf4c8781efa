"""代理审批 lasts as long as both hold the office that it was given for (security.md T08)."""

import pytest

from accounts.models import Deputy, User
from accounts.permissions import Role
from cases.approval import actions as approval
from core import clock
from core.refusals import Refused
from tests.cases.court import days_ago
from tests.cases.deciding import submitted


@pytest.fixture
def waits_for_chief(cast):
    """A proposal at its last step; the chief is away and prosecutor2 stands in."""
    proposal = submitted(cast)
    approval.approve(proposal.case, by=cast.head, opinion="同意。", read=True)
    Deputy.objects.create(
        absent=cast.chief,
        substitute=cast.prosecutor2,
        starts_on=days_ago(1),
        ends_on=clock.today(),
        reason="出差",
    )
    return proposal


def test_the_deputy_signs_while_both_are_in_office(cast, waits_for_chief):
    approval.approve(waits_for_chief.case, by=cast.prosecutor2, opinion="同意。", read=True)


@pytest.mark.parametrize(
    ("who", "change"),
    [
        ("chief", {"role": Role.CLERK}),
        ("chief", {"role": Role.DEPARTMENT_HEAD}),
        ("chief", {"is_active": False}),
        ("prosecutor2", {"role": Role.CLERK}),
        ("prosecutor2", {"organisation": "other_office"}),
    ],
)
def test_the_deputy_signs_no_more_once_one_of_them_changed_office(cast, waits_for_chief, who, change):
    changes = {
        name: getattr(cast, value) if name == "organisation" else value for name, value in change.items()
    }
    User.objects.filter(pk=getattr(cast, who).pk).update(**changes)

    with pytest.raises(Refused):
        approval.approve(
            waits_for_chief.case, by=User.objects.get(pk=cast.prosecutor2.pk), opinion="同意。", read=True
        )
