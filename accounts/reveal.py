"""查看脱敏信息: one field of one object, for a stated reason, on record before anything is shown."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from accounts.access import demand
from accounts.http import Request
from accounts.models import User
from accounts.permissions import Permission
from audit.log import record
from audit.models import Verb
from core.refusals import Refused
from core.text import tidy

SHORTEST_REASON = 5
REASONS = {
    "contact": "联系当事人、通知到庭",
    "verify": "核对身份、核对原件",
    "paper": "制作、校对法律文书",
    "payment": "核对收款账户、办理付款",
}


def reveal(
    user: User,
    *,
    label: str,
    object_id: str,
    field: str,
    reason: str,
    request: HttpRequest,
    needs: Permission = Permission.REVEAL,
) -> None:
    """Put it on record that this user looks at `field` of the object; only then may the caller show the value.

    `label` names the object without personal data (案件 150902-2026-0016 申请人), `reason` is a key of REASONS or
    five characters of text. Bank cards pass `needs=Permission.BANK_SEE`. Raises Refused, PermissionDenied.
    """
    demand(user, needs, request=request)
    words = REASONS.get(reason) or tidy(reason)
    if len(words) < SHORTEST_REASON:
        raise Refused(f"查看理由至少 {SHORTEST_REASON} 个字，请从列表里选一项。")
    record(user, Verb.REVEAL, label, object_id, detail=f"{field}：{words}", request=request)


def respond(
    request: Request,
    *,
    label: str,
    object_id: str,
    field: str,
    masked: str,
    clear: Callable[[], str],
    needs: Permission = Permission.REVEAL,
) -> HttpResponse:
    """The whole answer of an owner's reveal address: GET asks for the reason, POST shows the value for 60 seconds.

    `clear` is called after the entry is written. Nothing of the answer is kept by browser or proxy.
    """
    demand(request.user, needs, request=request)
    context = {"masked": masked, "url": request.path, "what": field, "reasons": list(REASONS.items())}
    template, status = "components/mask_form.html", 200
    if request.method == "POST":
        try:
            reason = request.POST.get("reason", "")
            reveal(
                request.user,
                label=label,
                object_id=object_id,
                field=field,
                reason=reason,
                request=request,
                needs=needs,
            )
        except Refused:
            status = 422
        else:
            template, context["clear"] = "components/revealed.html", clear()
    response = render(request, template, context, status=status)
    response["Cache-Control"] = "no-store, private"
    return response
