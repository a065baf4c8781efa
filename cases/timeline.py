"""流程记录 as the timeline shows it: who did what when, newest first; filters of the full log."""

from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.db.models import Count, QuerySet, Window
from django.http import QueryDict

from accounts.models import User
from cases.models import Case, CaseEvent
from cases.workflow import Act, Move
from core.fields import DayField
from core.forms import Form

NEWEST, PAGE = 6, 50
BAD = frozenset({Move.SEND_BACK, Move.REJECT, Move.DECLINE, Move.COURT_REFUSES, Act.ROUND_RETURNED})
BAD_MONEY = frozenset({Act.RECOVERY_RETURNED, Act.RECOVERY_REVERSED})
PARTIES = {Act.CONSENT, Act.CLAIMANT_ADDED, Act.CLAIMANT_WITHDRAWN, Act.CLAIM_CHANGED, Act.RESPONDENT_CHANGED}
REVIEW = {Act.EXAMINE_APPLICATION, Act.EVIDENCE, Act.INQUIRY, Act.REVIEWED, Act.TRACK_DECIDED}
APPROVAL = {Act.PROPOSED, Act.STEP_AGREED, Act.ROUND_RETURNED, Act.ROUND_CANCELLED}
MONEY = {Act.RECOVERY_ENTERED, Act.RECOVERY_VERIFIED, *BAD_MONEY}
KINDS: dict[str, tuple[str, set[str]]] = {
    "moves": ("阶段变化", set(Move.values)),
    "parties": ("当事人与诉求", set(PARTIES)),
    "review": ("审查与证据", set(REVIEW)),
    "approval": ("审批", set(APPROVAL)),
    "papers": ("文书与送达", {Act.DOCUMENT, Act.SERVED}),
    "money": ("回款", set(MONEY)),
}


class LogFilter(Form):
    """类型, 办理人, 日期."""

    kind = forms.ChoiceField(
        label="类型",
        required=False,
        choices=[("", "全部"), *((key, label) for key, (label, _) in KINDS.items())],
    )
    actor = forms.ModelChoiceField(
        label="办理人", required=False, queryset=User.objects.none(), empty_label="全部"
    )
    since = DayField(label="日期从", required=False)
    until = DayField(label="日期到", required=False)

    def __init__(self, data: QueryDict, *, case: Case) -> None:
        super().__init__(data)
        actors = CaseEvent.objects.filter(case=case).values("actor")
        actor: Any = self.fields["actor"]
        actor.queryset = User.objects.filter(pk__in=actors)
        self.is_valid()

    def narrow(self, events: QuerySet[CaseEvent]) -> QuerySet[CaseEvent]:
        said = self.cleaned_data
        if said.get("kind"):
            events = events.filter(kind__in=KINDS[said["kind"]][1])
        if said.get("actor"):
            events = events.filter(actor=said["actor"])
        if said.get("since"):
            events = events.filter(happened_at__date__gte=said["since"])
        if said.get("until"):
            events = events.filter(happened_at__date__lte=said["until"])
        return events

    @property
    def active(self) -> int:
        return sum(bool(value) for value in self.cleaned_data.values())


def _events(case: Case) -> QuerySet[CaseEvent]:
    return CaseEvent.objects.filter(case=case).select_related("actor").order_by("-happened_at", "-pk")


def shown(event: CaseEvent) -> dict[str, Any]:
    """One event for components/timeline.html; a move says from where to where."""
    moved = f"{event.get_from_stage_display()} → {event.get_to_stage_display()}"
    text = [moved] if event.from_stage != event.to_stage else []
    return {
        "title": event.get_kind_display(),
        "text": "\n".join([*text, *([event.note] if event.note else [])]),
        "at": event.happened_at,
        "by": str(event.actor),
        "tone": "bad" if event.kind in BAD | BAD_MONEY else "" if event.is_move else "sys",
    }


def newest(case: Case) -> tuple[list[dict[str, Any]], int]:
    """The newest few and how many there are in all, in one query."""
    events = list(_events(case).annotate(n=Window(Count("pk")))[:NEWEST])
    return [shown(event) for event in events], events[0].n if events else 0


def full(case: Case, asked: QueryDict) -> dict[str, Any]:
    """The context of the whole log."""
    form = LogFilter(asked, case=case)
    page = Paginator(form.narrow(_events(case)), PAGE).get_page(asked.get("page"))
    return {"form": form, "page": page, "events": [shown(event) for event in page.object_list]}
