"""Who hears of which act on a lead, and the sweep for what was left behind. Texts carry no personal data."""

from django.db import transaction

from accounts.models import User
from accounts.permissions import Role
from core import clock
from notifications.models import Notification
from referrals.models import Referral, ReferralAnnouncement, ReferralEvent
from referrals.workflow import Act

OFFICE_HEARS = frozenset({Act.SUBMIT, Act.SUPPLEMENT, Act.RECEIVE_TRANSFER, Act.ATTACH})
TRIAGE_ROLES = (Role.CLERK, Role.ASSISTANT, Role.DEPARTMENT_HEAD)
SILENT = frozenset({Act.NOTE, Act.DETACH})


def recipients(event: ReferralEvent) -> list[tuple[list[User], str]]:
    """Groups of people with the address each of them can open. Nobody is told what they did themselves."""
    referral = event.referral
    if event.kind in SILENT:
        return []
    if event.kind in OFFICE_HEARS:
        return [(_others(event, _office(referral)), referral.get_absolute_url())]
    heard = [(_others(event, _senders(referral)), _sender_url(referral))]
    if event.kind == Act.CONVERT and referral.handler and referral.case:
        heard.append((_others(event, [referral.handler]), referral.case.get_absolute_url()))
    return heard


def _office(referral: Referral) -> list[User]:
    return list(User.objects.in_role(referral.organisation, *TRIAGE_ROLES))


def _senders(referral: Referral) -> list[User]:
    """The partner's people, or the colleague who registered the lead."""
    if referral.unit:
        return list(User.objects.in_role(referral.unit, Role.PARTNER))
    return [referral.sending_user] if referral.sending_user else []


def _sender_url(referral: Referral) -> str:
    return referral.partner_url if referral.unit else referral.get_absolute_url()


def _others(event: ReferralEvent, people: list[User]) -> list[User]:
    return [person for person in people if person.pk != event.actor_id]


def announce(event_id: int) -> int:
    """Make one announcement, once: the row is claimed, the notices and `done_at` are one transaction."""
    with transaction.atomic():
        row = (
            ReferralAnnouncement.objects.select_for_update(skip_locked=True)
            .filter(event=event_id, done_at=None)
            .first()
        )
        if row is None:
            return 0
        event = ReferralEvent.objects.select_related("referral__organisation", "referral__unit").get(
            pk=event_id
        )
        told = sum(
            Notification.objects.deliver(people, key=f"referral-event-{event.pk}", title=str(event), url=url)
            for people, url in recipients(event)
        )
        row.attempts, row.done_at = row.attempts + 1, clock.now()
        row.save(update_fields=["attempts", "done_at"])
    return told


def sweep() -> int:
    """Announcements whose nudge was lost (broker down, worker killed): make them now. Returns how many."""
    left = ReferralAnnouncement.objects.left_behind().order_by("pk").values_list("event_id", flat=True)[:200]
    return sum(announce(event_id) >= 0 for event_id in left)
