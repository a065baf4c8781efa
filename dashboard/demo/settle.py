"""After the story is told: what would have been delivered along the way is delivered, and old news is read."""

from datetime import datetime

from accounts.models import User
from cases import notices as case_notices
from core import clock
from deadlines import reminders
from deadlines.models import Deadline
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
    remind()
    for user in User.objects.all():
        newest = Notification.objects.filter(recipient=user).values_list("pk", flat=True)[:LEFT_UNREAD]
        Notification.objects.filter(recipient=user).exclude(pk__in=list(newest)).update(read_at=clock.now())


def remind() -> None:
    """Each reminder of what still runs, told on its own day: the office's alarm has never been silent.

    At nine, or now where today's nine o'clock is still to come: nothing was sent in the future.
    """
    waiting = Deadline.objects.running().filter(remind_on__lte=clock.today()).order_by("remind_on")
    while day := waiting.values_list("remind_on", flat=True).first():
        nine = datetime.combine(day, clock.OFFICE_OPENS, tzinfo=clock.SHANGHAI)
        with clock.travel(min(nine, clock.now())):
            reminders.scan()
