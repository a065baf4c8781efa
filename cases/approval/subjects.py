"""One page of approval, whatever is up: the acts that its buttons post, the text that was submitted, who may act."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from accounts.http import Request
from accounts.models import User
from approvals import passing as steps
from approvals import reading, waiting
from approvals.models import ApprovalRound, ApprovalStep
from cases.approval import passing, turns
from cases.approval.forms import UNSAID, CountersignForm, DecideForm, HandOverForm, initial_of, is_last
from cases.models import Case
from cases.pages import Deed, perform
from cases.paperwork.sheets import secrets_of, sheet_of
from core.forms import Form
from core.refusals import Refused
from documents.body import lines
from documents.comparing import Change, changes
from documents.models import Document, Version
from documents.papers import facts_of

Result = ApprovalStep.Result
FOOT = "cases/approval_foot.html"
ACTS = ("approve", "send_back", "disagree", "cancel", "reassign", "countersign", "read")


@dataclass
class Subject:
    """送审的事项 or 文书: its round, its text, its verbs and who may use them (each total)."""

    case: Case
    round: ApprovalRound
    template: str
    now: str  # content hash of what would be approved at this moment
    approve: Callable[..., Any]
    send_back: Callable[..., Any]
    cancel: Callable[..., Any]
    why_not_approve: Callable[[User, int | None], str]
    to: str  # where the submitter goes after taking it back
    document: Document | None = None
    asks_day: bool = False  # whether the last approver states the day of the decision
    prose: str = ""  # what is submitted beside the paper

    @property
    def latest(self) -> Version | None:
        return self.document.latest if self.document else None

    @property
    def said(self) -> str:
        """Every line that the approver sees and may quote; numbers of persons masked as on the screen."""
        latest = self.latest
        return "\n".join([*(lines(str(sheet_of(self.case, latest))) if latest else []), self.prose])

    def changes(self) -> list[Change]:
        """看改动: against the text as it was when it was submitted last; nothing the first time."""
        before, latest = submitted_before(self.document, self.round), self.latest
        if before is None or latest is None:
            return []
        secrets = secrets_of(facts_of(before)) | secrets_of(facts_of(latest))
        return changes(before.body, latest.body, secrets)


def submitted_before(document: Document | None, round: ApprovalRound) -> Version | None:
    """The version that the last round before this one was about. What is submitted is closed, so the day tells."""
    if document is None:
        return None
    of_document = ApprovalRound.objects.filter(proposal__document=document) | ApprovalRound.objects.filter(
        paper__document=document
    )
    before = of_document.filter(pk__lt=round.pk).order_by("pk").last()
    if before is None:
        return None
    return document.versions.filter(made_at__lte=before.submitted_at).order_by("n").last()


def answer(request: Request, subject: Subject, context: dict[str, Any]) -> HttpResponse:
    """GET shows; POST does what its button says (`act`). Whatever is wrong comes back with its sentence (422)."""
    act = request.POST.get("act", UNSAID) if request.method == "POST" else "approve"
    act = act if act in ACTS else UNSAID  # the Enter key, a script: never an agreement
    if request.method == "POST" and act == "read":
        return _read(request, subject)
    context = context | _shown(request, subject, act)
    return perform(request, subject.case, _deed(request, subject, act, context))


def _deed(request: Request, subject: Subject, act: str, context: dict[str, Any]) -> Deed:
    round, user, step = subject.round, request.user, step_of(request)
    is_open = round.status == ApprovalRound.Status.OPEN
    make = partial(Deed, subject.template, context=context)
    reason = turns.why_not_act(round, user, step)
    verb: Callable[..., Any]
    match act:
        case "cancel":
            form, refusal = Form(request.POST), turns.why_not_cancel(round, user)
            context |= {"cancel_form": form}
            deed = make(form, subject.cancel, "已撤回送审", why_not=refusal, to=subject.to)
        case "reassign":
            refusal = passing.why_not_reassign(round, user, step)
            verb = partial(passing.reassign, subject.case, round=round)
            deed = make(context["hand_form"], verb, "已转办", why_not=refusal)
        case "countersign":
            refusal = passing.why_not_countersign(round, user, step)
            verb = partial(passing.countersign, subject.case, round=round)
            deed = make(context["ask_form"], verb, "已提请加签", why_not=refusal)
        case "disagree":
            verb = partial(passing.disagree, subject.case, round=round)
            deed = make(context["form"], verb, "已写不同意的意见", why_not=reason)
        case "send_back":
            deed = make(context["form"], subject.send_back, "已退回修改", why_not=reason)
        case "approve":
            refusal = subject.why_not_approve(user, step)
            deed = make(context["form"], subject.approve, "已同意", why_not=refusal)
        case _:
            deed = make(context["form"], subject.send_back, "", why_not=reason)  # the form is never valid
    # who only looks is told by the notices; a refused deed, and what is over, by its own sentence
    context["why_not"] = deed.why_not if request.method == "POST" or not is_open else ""
    if act != "cancel":
        deed.work = partial(_then_next, deed, deed.work)
    return deed


def _then_next(deed: Deed, verb: Callable[..., Any], *, by: User, **facts: Any) -> str:
    """Do it; then on to the next thing that waits for this person."""
    verb(**facts, by=by)
    left = waiting.steps_for(by)
    if not (number := left.count()):
        return reverse("approvals:list")
    deed.done = f"{deed.done}，还有 {number} 项等你审批"
    return left[0].round.owner_url


def _read(request: Request, subject: Subject) -> HttpResponse:
    """The end of the sheet came into view: it is put on record, and the foot comes back with its button."""
    refusal = ""
    try:
        passing.note_reading(
            subject.case,
            round=subject.round,
            seen=request.POST.get("seen", ""),
            now=subject.now,
            step=step_of(request),
            by=request.user,
        )
    except Refused as refused:
        refusal = str(refused)
    context = _shown(request, subject, "approve", posted=False) | {"case": subject.case, "unread": refusal}
    return render(request, FOOT, context)


def _shown(request: Request, subject: Subject, act: str, *, posted: bool = True) -> dict[str, Any]:
    """Buttons with their reasons, forms, earlier readings, the change against the text submitted before."""
    round, user = subject.round, request.user
    step = round.current_step
    why_not_turn = turns.why_not_act(round, user)
    has_read = bool(step and not why_not_turn and reading.has_read(step, user, subject.now))
    data = request.POST if posted and request.method == "POST" else None
    is_countersign = bool(step and step.is_countersign)
    results = [Result.AGREE, Result.DISAGREE] if is_countersign else [Result.AGREE, Result.RETURN]
    initial = initial_of(round, subject.now)
    differing = subject.changes()
    return {
        "form": DecideForm(
            data if act in ("approve", "send_back", "disagree", UNSAID) else None,
            initial=initial,
            act=act if act in ("send_back", "disagree", UNSAID) else "approve",
            is_last=subject.asks_day and is_last(round),
            has_read=has_read,
            said=subject.said if data else "",
            usual=waiting.own_phrases(user, *results),
        ),
        "hand_form": HandOverForm(
            data if act == "reassign" else None,
            initial=initial,
            people=steps.successors(round),
            prefix="hand",
        ),
        "ask_form": CountersignForm(
            data if act == "countersign" else None,
            initial=initial,
            people=steps.countersigners(round),
            prefix="ask",
        ),
        "step": step,
        "is_open": round.status == ApprovalRound.Status.OPEN,
        "is_countersign": is_countersign,
        "has_read": has_read,
        "objections": objections(round),
        "changes": differing if "changes" in request.GET else [],
        "has_changes": bool(differing),
        "why_not_agree": subject.why_not_approve(user, None),
        "why_not_turn": why_not_turn,
        "why_not_reassign": passing.why_not_reassign(round, user),
        "why_not_countersign": passing.why_not_countersign(round, user),
        "why_not_cancel": turns.why_not_cancel(round, user),
        "cancel_form": None,
    }


def objections(round: ApprovalRound) -> list[ApprovalStep]:
    """加签人不同意的意见: they stand above everything for whoever decides."""
    return list(round.steps.filter(result=Result.DISAGREE).select_related("actor"))


def step_of(request: Request) -> int | None:
    """The step that the page showed, whichever of its forms was posted."""
    for name in ("step", "hand-step", "ask-step"):
        step = request.POST.get(name, "")
        if step.isascii() and step.isdecimal() and len(step) < 18:
            return int(step)
    return None
