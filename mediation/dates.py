"""诉前和解's dates that may be corrected: its beginning and end stop the review, its agreement starts 司法确认."""

from collections.abc import Iterator

from cases.correction.stated import Bounds, Stated
from cases.models import Case
from mediation.models import Agreement, Mediation


def of_case(case: Case) -> Iterator[Stated]:
    """Each mediation: 开始、未达成, or what the agreement says."""
    for one in Mediation.objects.filter(case=case).order_by("pk").prefetch_related("sessions"):
        held = [session.held_on for session in one.sessions.all()]
        sessions: Bounds = (("调解日期", min(held, default=None)),)
        accepted: Bounds = (("受理日期", case.accepted_on),)
        end: Bounds = (("和解结束日期", one.ended_on),)
        key = f"mediation-{one.pk}"
        yield Stated(
            key, "和解开始日期", one.started_on, one, "started_on", after=accepted, before=(*sessions, *end)
        )
        if one.status == Mediation.Status.FAILED and one.ended_on:
            since: Bounds = (("和解开始日期", one.started_on), ("调解日期", max(held, default=None)))
            key = f"mediation_end-{one.pk}"
            yield Stated(key, "和解未达成日期", one.ended_on, one, "ended_on", after=since)
        elif agreement := Agreement.objects.filter(mediation=one).first():
            yield _of_agreement(one, agreement)


def _of_agreement(one: Mediation, agreement: Agreement) -> Stated:
    """生效日期: from it both parties have thirty days to apply for 司法确认 (民诉法205条)."""
    confirmed = [link.deadline_id for link in one.mediation_deadlines.filter(deadline__term__code="C14")]
    return Stated(
        f"agreement-{agreement.pk}",
        "和解协议生效日期",
        agreement.effective_on,
        agreement,
        "effective_on",
        after=(("签订日期", agreement.made_on),),
        ahead=True,
        clocks=tuple(confirmed),
    )
