"""诉前和解 on the case page: how it stands, and the way to start it."""

from typing import Any

from django.urls import reverse

from accounts.models import User
from cases.models import Case
from cases.workflow import IN_COURT
from mediation import policy
from mediation.models import Mediation

TONES = {Mediation.Status.RUNNING: "mediate", Mediation.Status.AGREED: "success"}


def of_case(case: Case, user: User) -> dict[str, Any] | None:
    """The mediations of this case, newest first; nothing when there were none and none may be started.

    It is 诉前: once the case is in court, the timeline and the list of mediations tell of them.
    """
    if case.stage in IN_COURT:
        return None
    held = list(Mediation.objects.filter(case=case).select_related("mediator"))
    may_start = not policy.why_not_start(case, user)
    if not held and not may_start:
        return None
    return {
        "title": "诉前和解",
        "url": reverse("mediation:case", args=[case.code]) if may_start else "",
        "action": "启动和解",
        "empty": "双方自愿的，可以在提出处理意见前和解。",
        "rows": [_row(mediation) for mediation in held],
    }


def _row(mediation: Mediation) -> dict[str, str]:
    return {
        "text": f"{mediation.get_kind_display()} · {mediation.mediator or '承办人主持'}",
        "note": f"{mediation.started_on} 开始",
        "tag": mediation.get_status_display(),
        "tone": TONES.get(Mediation.Status(mediation.status), ""),
        "url": mediation.get_absolute_url(),
    }
