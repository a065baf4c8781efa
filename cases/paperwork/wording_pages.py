"""文书文本 (settings): the words of each paper, an office's own changes of them, tried on an invented case."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import require
from accounts.http import Request
from accounts.permissions import Permission
from cases.paperwork.catalogue import CasePaper, all_papers, paper_by
from cases.paperwork.forms import RestoreWordingForm, WordingForm
from cases.paperwork.sample import sample_facts
from core.forms import Form
from core.http import leave, page
from core.refusals import Refused
from documents import screen, wordings
from documents.models import Wording
from documents.wording import checking
from documents.wording.vocabulary import words_of
from documents.wording.writing import FILTERS

sees = require(Permission.CASE_SEE, Permission.REFERENCE_MANAGE)
manages = require(Permission.REFERENCE_MANAGE)


@sees
@require_safe
def wording_list(request: Request) -> HttpResponse:
    """文书文本: every paper, whose words count, who changed them last."""
    own = Wording.objects.filter(organisation=request.user.organisation).select_related("made_by")
    newest = {row.kind: row for row in own.order_by("n")}
    rows = [(each, newest.get(each.key)) for each in all_papers()]
    return page(request, "cases/wordings.html", {"rows": rows})


@sees
@require_http_methods(["GET", "POST"])
def wording(request: Request, key: str) -> HttpResponseBase:
    """One wording with its history; who keeps the reference data may change it."""
    declared = _declared_or_404(key)
    if request.method == "POST":
        return _change(request, declared)
    return page(request, "cases/wording.html", _shown(request, declared))


@manages
@require_POST
def wording_preview(request: Request, key: str) -> HttpResponse:
    """预览: the words typed, on the invented case, and every fault; nothing is saved."""
    declared = _declared_or_404(key)
    words = request.POST.get("words", "")[: wordings.LONGEST]
    return page(request, "cases/wording_trial.html", _trial(request, declared, words))


@manages
@require_POST
def wording_restore(request: Request, key: str) -> HttpResponse:
    """恢复通用文本."""
    declared = _declared_or_404(key)
    form = RestoreWordingForm(request.POST)
    return _done(request, declared, form, wordings.restore, "已恢复通用文本")


@manages
def _change(request: Request, declared: CasePaper) -> HttpResponse:
    return _done(
        request, declared, WordingForm(request.POST), wordings.change, "已保存，新起草的文书用新文本"
    )


def _done(request: Request, declared: CasePaper, form: Form, verb: Any, done: str) -> HttpResponse:
    if form.is_valid():
        try:
            verb(declared.paper, request.user.organisation, by=request.user, **form.facts)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, done)
            return leave(request, reverse("papers:wording", args=[declared.key]))
    return page(request, "cases/wording.html", _shown(request, declared, form), status=422)


def _shown(request: Request, declared: CasePaper, tried: Form | None = None) -> dict[str, Any]:
    organisation = request.user.organisation
    words, version = wordings.current(declared.paper, organisation)
    own = wordings.newest(declared.paper, organisation)
    n = own.n if own else 0
    form = tried if isinstance(tried, WordingForm) else WordingForm(initial={"words": words, "expected_n": n})
    restoring = (
        tried if isinstance(tried, RestoreWordingForm) else RestoreWordingForm(initial={"expected_n": n})
    )
    seen = form.data.get("words", words) if form.is_bound else words
    history = Wording.objects.filter(organisation=organisation, kind=declared.key).select_related("made_by")
    return {
        "declared": declared,
        "form": form,
        "restore_form": restoring,
        "is_own": own is not None and bool(own.text),
        "version": version,
        "words": words,
        "history": history.order_by("-n"),
        "vocabulary": _vocabulary(declared.paper.facts),
        "filters": list(FILTERS),
        "may_change": request.user.may(Permission.REFERENCE_MANAGE),
        **_trial(request, declared, seen),
    }


def _trial(request: Request, declared: CasePaper, words: str) -> dict[str, Any]:
    """The sheet of the invented case with these words, or what is wrong with them."""
    paper, office = declared.paper, request.user.organisation.name
    if found := checking.faults(words, paper.facts):
        return {"faults": found, "sheet": ""}
    body = wordings.composed(words, paper.title, sample_facts(paper.facts, office))
    return {"faults": [], "sheet": screen.shown(body, number="（文号）", day="2026年11月25日")}


def _vocabulary(kind: type) -> list[tuple[str, bool, list[str]]]:
    """(要素, whether there are several, its parts)."""
    return [
        (
            word.label,
            word.is_list,
            list(words_of(word.rows)) if word.rows else (["内容"] if word.is_list else []),
        )
        for word in words_of(kind).values()
    ]


def _declared_or_404(key: str) -> CasePaper:
    declared = paper_by(key)
    if declared is None:
        raise Http404
    return declared
