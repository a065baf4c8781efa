"""线索流程记录: the only writer of `Referral.status`. Every act is written down once, in its own transaction."""

from accounts.models import User
from core import clock
from core.refusals import Conflict, Refused
from referrals.models import Referral, ReferralAnnouncement, ReferralEvent
from referrals.tasks import announce
from referrals.workflow import FLOW, TOLD, Act, Status

TRIAGED = ["status", "version", "updated_at", "case", "handler"]


def why_not_move(referral: Referral, act: Act) -> str:
    """The sentence of the procedure table for this act in this status; empty when it is open."""
    sources, _ = FLOW[act]
    if referral.status in sources:
        return ""
    return f"线索处于“{referral.get_status_display()}”状态，不能{act.label}。"


def move(
    referral: Referral, act: Act, *, by: User, told: str = "", note: str = "", whole: bool = False
) -> ReferralEvent:
    """Take a locked lead to its next status and write down that it happened. Callers hold the lock.

    `whole` saves every column (a submission), else only those that triage sets.
    """
    if reason := why_not_move(referral, act):
        raise Refused(reason)
    before, referral.status = referral.status, FLOW[act][1]
    referral.version += 1
    referral.updated_at = clock.now()
    referral.save(update_fields=None if whole else TRIAGED)
    return _write(referral, act, before=before, by=by, told=told, note=note)


def record(referral: Referral, act: Act, *, by: User, told: str = "", note: str = "") -> ReferralEvent:
    """Write down an act that leaves the status as it is."""
    referral.updated_at = clock.now()
    referral.save(update_fields=["updated_at"])
    return _write(referral, act, before=referral.status, by=by, told=told, note=note)


def check_version(referral: Referral, version: int | None) -> None:
    """Raise Conflict when the lead was touched after the form with this version was opened."""
    if version is None or version == referral.version:
        return
    raise Conflict(changed(referral), current=referral)


def changed(referral: Referral) -> str:
    """Who did what when, for colleagues: `李检察官 在 10:12 已办理“退回补正”。`"""
    last = referral.events.exclude(kind__in=[Act.NOTE, Act.ATTACH]).select_related("actor").last()
    state = f"线索现为“{referral.get_status_display()}”，请核对后再办理。"
    if last is None:
        return state
    at = last.happened_at.astimezone(clock.SHANGHAI)
    return f"{last.actor} 在 {at:%H:%M} 已办理“{last.get_kind_display()}”。{state}"


def _write(referral: Referral, act: Act, *, before: str, by: User, told: str, note: str) -> ReferralEvent:
    event = ReferralEvent.objects.create(
        referral=referral,
        kind=act,
        actor=by,
        from_status=Status(before),
        to_status=Status(referral.status),
        told=told if act in TOLD else "",
        note=note,
        happened_at=referral.updated_at,
    )
    ReferralAnnouncement.objects.create(event=event)
    announce.delay_on_commit(event.pk)
    return event
