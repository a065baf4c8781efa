"""The number beside 审批 in the navigation; red as soon as something waits."""

from accounts.models import User
from accounts.navigation import Tally, how_many, register_count
from approvals.waiting import steps_for


def count_for(user: User) -> Tally:
    return how_many(steps_for(user), hot=True)


register_count("approvals:list", count_for)
