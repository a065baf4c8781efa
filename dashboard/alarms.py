"""What the security administrator hears of by itself."""

from datetime import timedelta

from django.db.models import Count

from accounts.models import User
from accounts.permissions import Role
from audit.models import Entry, Verb
from core import clock
from notifications.models import Notification

REVEALS_AN_HOUR = 30


def too_many_reveals() -> int:
    """Tell the unit's security administrators of everybody who revealed 30 fields within an hour.

    One notice per person and hour, however often this runs. Returns how many notices were new.
    """
    now = clock.now()
    recent = Entry.objects.filter(verb=Verb.REVEAL, at__gt=now - timedelta(hours=1))
    counted = recent.values("actor_number").annotate(n=Count("pk")).filter(n__gte=REVEALS_AN_HOUR)
    told = 0
    for person in User.objects.filter(pk__in=[row["actor_number"] for row in counted]):
        told += Notification.objects.deliver(
            User.objects.in_role(person.organisation, Role.SECURITY_ADMIN),
            key=f"reveals-{person.pk}-{now:%Y%m%d%H}",
            title=f"{person}一小时内查看脱敏信息已达 {REVEALS_AN_HOUR} 次，请核实",
            url="/notifications/",
        )
    return told
