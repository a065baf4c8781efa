"""The row lock that every verb of the clock begins with."""

from core.refusals import Refused
from deadlines.models import Deadline


def lock_open(deadline: Deadline, verb: str) -> Deadline:
    """The row as it is now, locked; refused when it is over already."""
    locked = Deadline.objects.lock(deadline)
    if locked.met_on:
        raise Refused(f"这项期限已于 {locked.met_on} 完成，不能再{verb}。")
    if locked.cancelled_at:
        raise Refused(f"这项期限已经撤销，不能再{verb}。")
    return locked
