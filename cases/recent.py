"""最近打开: the last few cases a user looked at, kept in the session and forgotten with it."""

from accounts.http import Request
from cases.models import Case

KEY, MOST = "recent_cases", 6


def remember(request: Request, case: Case) -> None:
    """Put the case first; looking at the same one again writes nothing."""
    before = request.session.get(KEY, [])
    if before[:1] != [case.pk]:
        request.session[KEY] = [case.pk, *(pk for pk in before if pk != case.pk)][:MOST]


def recent(request: Request) -> list[Case]:
    """As far as the user may still see them, newest first."""
    keys = request.session.get(KEY, [])
    found = Case.objects.visible_to(request.user).in_bulk(keys) if keys else {}
    return [found[pk] for pk in keys if pk in found]
