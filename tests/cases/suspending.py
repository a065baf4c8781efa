"""A suspended case, for tests of what may not be done meanwhile."""

from cases.models import Suspension
from core import clock


def suspended(case):
    return Suspension.objects.create(
        case=case, ground="mediation", reason="调解中", starts_on=clock.today(), recorded_by=case.handler
    )
