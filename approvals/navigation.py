"""The number beside 审批 in the navigation; red as soon as something waits."""

from accounts.models import User
from accounts.navigation import register_count
from approvals.waiting import steps_for


def count_for(user: User) -> tuple[int, bool]:
    waiting = steps_for(user).count()
    return waiting, waiting > 0


register_count("approvals:list", count_for)
