from accounts.models import User
from deadlines.holidays.policy import why_not_keep
from deadlines.models import Recount
from deadlines.terms.policy import why_not_change


def why_not_recount(user: User, cause: str) -> str:
    """重算期限: after a change of rules each office for itself; after one of holidays the keeper for all (ADR 0009)."""
    return why_not_keep(user) if cause == Recount.Cause.HOLIDAY else why_not_change(user)
