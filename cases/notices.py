"""Who hears of which event, and the sweep for announcements that were left behind. Texts carry no personal data."""

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet

from accounts.models import User
from accounts.permissions import Role
from approvals.models import ApprovalStep
from cases.models import Announcement, Case, CaseEvent
from cases.workflow import Act, Move
from core import clock
from deadlines.models import Deadline
from notifications.models import Notification

LEASE = timedelta(seconds=45)
HEADS_HEAR = {Act.EXAMINE_APPLICATION, Move.SUBMIT, Act.PROPOSED, Act.DATE_CORRECTED}
CLERKS_HEAR = {Act.RECOVERY_ENTERED, Act.RECOVERY_RETURNED, Move.SUPPORT, Move.CLOSE}
APPROVERS_HEAR = {
    *(Move.SUBMIT, Act.PROPOSED, Act.PAPER_SUBMITTED, Act.STEP_AGREED),
    *(Act.STEP_REASSIGNED, Act.COUNTERSIGN_ASKED, Act.COUNTERSIGNED),
}


def recipients(event: CaseEvent) -> list[User]:
    """Who hears of which act; whoever follows the case, of all. Nobody is told what they did themselves."""
    office = event.case.organisation
    hears = Q(pk=event.case.handler_id)
    if event.kind in HEADS_HEAR:
        hears |= Q(organisation=office, role=Role.DEPARTMENT_HEAD)
    if event.kind == Act.DATE_CORRECTED:
        of_case = Deadline.objects.open().filter(case_link__case=event.case)
        hears |= Q(pk__in=of_case.values("responsible"))
    if event.kind in CLERKS_HEAR:
        hears |= Q(organisation=office, role=Role.CLERK)
    followers = event.case.subscriptions.filter(followed_at__isnull=False)
    hears |= Q(pk__in=followers.values("user"))
    if event.kind in APPROVERS_HEAR:
        hears |= Q(pk__in=asked_now(event.case))
    return list(User.objects.active().filter(hears).exclude(pk=event.actor_id).distinct())


def asked_now(case: Case) -> QuerySet[Any]:
    """Whoever is asked to decide something of the case that has not been decided yet."""
    steps = ApprovalStep.objects.filter(round__status="open", acted_at=None)
    of_case = Q(round__proposal__case=case) | Q(round__paper__document__case_link__case=case)
    return steps.filter(of_case).values("assigned_to")


def announce(event_id: int) -> int:
    """Make one announcement, once: the row is claimed, the notices and `done_at` are one transaction."""
    with transaction.atomic():
        row = (
            Announcement.objects.select_for_update(skip_locked=True)
            .filter(event=event_id, done_at=None)
            .first()
        )
        if row is None:
            return 0
        event = CaseEvent.objects.select_related("case__organisation", "actor").get(pk=event_id)
        told = Notification.objects.deliver(
            recipients(event),
            key=f"case-event-{event.pk}",
            title=str(event),
            url=event.case.get_absolute_url(),
        )
        row.attempts, row.done_at = row.attempts + 1, clock.now()
        row.save(update_fields=["attempts", "done_at"])
    return told


def sweep() -> int:
    """Announcements whose nudge was lost (broker down, worker killed): make them now. Returns how many."""
    left = Announcement.objects.left_behind().order_by("pk").values_list("event_id", flat=True)[:200]
    return sum(announce(event_id) >= 0 for event_id in left)
