"""The numbers beside 工作台 and 案件 in the navigation; imported at start-up."""

from accounts.models import User
from accounts.navigation import Tally, how_many, register_count
from accounts.permissions import Role
from cases.models import Case
from dashboard import desk


def open_cases(user: User) -> Tally:
    """在办: a prosecutor's own, the office's for everybody else. Never red."""
    cases = Case.objects.visible_to(user).open()
    return how_many(cases.filter(handler=user) if user.role == Role.PROSECUTOR else cases, hot=False)


register_count("dashboard:desk", desk.count)
register_count("cases:list", open_cases)
