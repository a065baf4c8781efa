"""What `notifications` asks about cases: who may still hear of one, who muted it, and how a notice's case is called."""

import re
from collections.abc import Iterable, Sequence

from django.urls import reverse

from accounts.models import User
from accounts.permissions import Role
from cases.models import Case, Subscription
from cases.subscription.policy import sees
from deadlines.models import Task
from notifications.audience import Matter, Provider, Verdict
from notifications.models import Notification

OF_CASE = re.compile(r"/cases/([^/]+)/")
OF_TASK = re.compile(r"/tasks/(\d{1,18})/$")
GUESTS = frozenset({Role.PARTNER, Role.MEDIATOR})  # they hear of what is theirs, and see no case


def codes_of(addresses: Iterable[str]) -> dict[str, str]:
    """Address → code of the case that it, or the to-do that it leads to, belongs to."""
    addresses = set(addresses)
    tasks = {int(found[1]): each for each in addresses if (found := OF_TASK.match(each))}
    pages = {each: each for each in addresses}
    if tasks:
        owners = Task.objects.filter(pk__in=tasks).values_list("pk", "owner_url")
        pages |= {tasks[pk]: owner_url for pk, owner_url in owners}
    return {each: found[1] for each, page in pages.items() if (found := OF_CASE.match(page))}


def judge(notifications: Sequence[Notification]) -> Verdict:
    """Refused: staff who may no longer see the case. Muted: whoever said so."""
    codes = codes_of(each.url for each in notifications)
    if not codes:
        return Verdict()
    named = Case.objects.filter(code__in=set(codes.values())).only("code", "organisation_id")
    cases = {case.code: case for case in named}
    people = {each.recipient_id for each in notifications}
    rows = Subscription.objects.filter(user__in=people, case__in=cases.values(), muted_at__isnull=False)
    muted = set(rows.values_list("user_id", "case__code"))
    verdict = Verdict()
    for each in notifications:
        case, reader = cases.get(codes.get(each.url, "")), each.recipient
        if case and reader.role not in GUESTS and not sees(case, reader):
            verdict.refused.add((reader.pk, each.url))
        if case and (reader.pk, case.code) in muted:
            verdict.muted.add((reader.pk, each.url))
    return verdict


def matters(user: User, addresses: Iterable[str]) -> dict[str, Matter]:
    """Address → the case it is about, as far as this user sees it."""
    codes = codes_of(addresses)
    if not codes:
        return {}
    cases = Case.objects.visible_to(user).filter(code__in=set(codes.values()))
    found = {case.code: case for case in cases.only("code", "official_number")}
    rows = Subscription.objects.filter(user=user, case__in=cases, muted_at__isnull=False)
    muted = set(rows.values_list("case__code", flat=True))
    return {
        each: Matter(
            code,
            str(found[code]),
            found[code].get_absolute_url(),
            code in muted,
            reverse("subscriptions:change", args=[code]),
        )
        for each, code in codes.items()
        if code in found
    }


PROVIDER = Provider(judge, matters)
