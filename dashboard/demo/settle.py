"""After the story is told: what would have been delivered along the way is delivered, and old news is read."""

from accounts.models import User
from cases import notices as case_notices
from core import clock
from mediation import notices as mediation_notices
from notifications.models import Notification
from referrals import notices as lead_notices

LEFT_UNREAD = 4


def settle() -> None:
    """Deliver every notice of the eleven months; each person has the newest few still unread."""
    for sweep in (case_notices.sweep, lead_notices.sweep):
        while sweep():
            pass
    mediation_notices.sweep()
    for user in User.objects.all():
        newest = Notification.objects.filter(recipient=user).values_list("pk", flat=True)[:LEFT_UNREAD]
        Notification.objects.filter(recipient=user).exclude(pk__in=list(newest)).update(read_at=clock.now())
