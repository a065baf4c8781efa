"""关注、静音: by whoever may see the case, each for themselves. Total: any person, any case."""

from accounts.models import User
from accounts.permissions import Permission
from cases.models import Case, Subscription


def sees(case: Case, user: User) -> bool:
    """`Case.objects.visible_to` for a case in hand."""
    return user.may(Permission.CASE_SEE) and case.organisation_id == user.organisation_id


def why_not_follow(case: Case, user: User, row: Subscription | None) -> str:
    if not sees(case, user):
        return "只能关注本院的案件。"
    if case.handler_id == user.pk:
        return "本案由你承办，不用另外关注。"
    return "已经关注这件案件。" if row and row.followed_at else ""


def why_not_unfollow(case: Case, user: User, row: Subscription | None) -> str:
    if row and row.followed_at:
        return ""
    if case.handler_id == user.pk:
        return "本案由你承办，不能取消关注。不想收到案件进展可以静音。"
    return "没有关注这件案件，不用取消。"


def why_not_mute(case: Case, user: User, row: Subscription | None) -> str:
    if not sees(case, user):
        return "只能静音本院的案件。"
    return "这件案件已经静音。" if row and row.muted_at else ""


def why_not_unmute(case: Case, user: User, row: Subscription | None) -> str:
    return "" if row and row.muted_at else "这件案件没有静音，不用取消。"
