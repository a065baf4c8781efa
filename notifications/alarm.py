"""没发出去也要有人知道: the administrators of the unit hear of what failed for good, once an hour for each channel."""

from collections import defaultdict
from collections.abc import Sequence

from accounts.models import Organisation, User
from accounts.permissions import Role
from core import clock
from notifications.models import Delivery, Message, Notification, Topic


def ring(failed: Sequence[Delivery]) -> int:
    """In the application, whatever their choices: the channel that failed cannot tell of it. Returns how many heard."""
    by_place: dict[tuple[Organisation, str, str], int] = defaultdict(int)
    for delivery in failed:
        unit = delivery.notification.recipient.organisation
        name = str(delivery.channel) if delivery.channel else delivery.get_kind_display()
        by_place[unit, str(delivery.channel_id or delivery.kind), name] += 1
    hour = clock.now().strftime("%Y%m%d%H")
    messages = [
        Message(
            recipients=tuple(administrators(unit)),
            key=f"delivery-failed-{place}-{unit.pk}-{hour}",
            title=f"{name}发不出去，请查看投递记录",
            url="/settings/deliveries/?status=failed",
            topic=Topic.SYSTEM,
        )
        for (unit, place, name), count in by_place.items()
        if count
    ]
    return sum(Notification.objects.deliver_many(messages).values()) if messages else 0


def administrators(unit: Organisation) -> list[User]:
    """System administrators of this unit; a partner's unit has none, then those of the nearest unit above."""
    codes = [unit.code, *reversed(unit.ancestor_codes)]
    found = User.objects.active().filter(role=Role.SYSTEM_ADMIN, organisation__code__in=codes)
    by_code: dict[str, list[User]] = defaultdict(list)
    for person in found.select_related("organisation"):
        by_code[person.organisation.code].append(person)
    return next((by_code[code] for code in codes if by_code[code]), [])
