"""The demo accounts of the sign-in page. They exist only where DEMO=1."""

from django.conf import settings

from accounts.models import User

USERNAMES = (
    *("prosecutor", "prosecutor2", "assistant", "clerk", "head", "chief", "other", "city"),
    *("legalaid", "labour", "mediator", "sysadmin", "security", "auditor"),
)


def demo_accounts() -> list[tuple[str, str, str]]:
    """(username, who, unit) of each demo account that is there, in the order of the hand-out."""
    if not settings.DEMO:
        return []
    found = User.objects.active().filter(username__in=USERNAMES).select_related("organisation")
    known = {user.username: user for user in found}
    return [(name, _who(known[name]), known[name].organisation.name) for name in USERNAMES if name in known]


def _who(user: User) -> str:
    return f"{user.name}，{user.get_role_display()}"
