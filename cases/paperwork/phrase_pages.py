"""常用段落 (settings): the office's library of articles and reasoning; who examines or keeps the data may change it."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import require
from accounts.http import Request
from accounts.permissions import Permission
from cases.paperwork import phrases
from cases.paperwork.catalogue import paper_by
from cases.paperwork.forms import LibraryPhraseForm, RetireForm
from cases.paperwork.phrases import Entry
from core.forms import Form
from core.http import leave, page
from core.refusals import Refused
from documents.models import Phrase

sees = require(Permission.CASE_SEE, Permission.REFERENCE_MANAGE)
manages = require(*phrases.MANAGERS)


@sees
@require_safe
def phrase_list(request: Request) -> HttpResponse:
    """Every entry: what it is called, where it fits, whose it is."""
    rows = [(each, _titles(each)) for each in phrases.library(request.user.organisation)]
    context = {"rows": rows, "may_manage": not phrases.why_not_manage(request.user)}
    return page(request, "cases/phrases.html", context)


@manages
@require_http_methods(["GET", "POST"])
def phrase_new(request: Request) -> HttpResponse:
    """新增段落."""
    form = LibraryPhraseForm(request.POST or None, initial={"expected_n": 0})
    return _answer(request, form, _add, "已新增段落", {"entry": None})


@manages
@require_http_methods(["GET", "POST"])
def phrase(request: Request, entry: str) -> HttpResponse:
    """One entry with its versions; POST makes the next."""
    found = _found_or_404(request, entry)
    form = LibraryPhraseForm(request.POST or None, initial=_initial(found))
    verb = partial(phrases.change, entry)
    return _answer(request, form, verb, "已保存，以后插入的用新文字", _shown(request, found))


@manages
@require_POST
def retire(request: Request, entry: str) -> HttpResponse:
    """停用."""
    found = _found_or_404(request, entry)
    form, context = RetireForm(request.POST), _shown(request, found)
    context["fields"] = LibraryPhraseForm(initial=_initial(found))
    return _answer(request, form, partial(phrases.retire, entry), "已停用", context)


def _answer(request: Request, form: Form, verb: Any, done: str, context: dict[str, Any]) -> HttpResponse:
    if form.is_valid():
        try:
            verb(by=request.user, **form.facts)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, done)
            return leave(request, reverse("papers:phrases"))
    status = 422 if request.method == "POST" else 200
    return page(request, "cases/phrase.html", {"form": form, "fields": form} | context, status=status)


def _add(*, expected_n: int, **said: Any) -> Phrase:
    """A new entry has no version that somebody else could have changed."""
    return phrases.add(**said)


def _shown(request: Request, found: Entry) -> dict[str, Any]:
    own = Phrase.objects.filter(organisation=request.user.organisation, entry=found.entry)
    return {
        "entry": found,
        "history": own.select_related("made_by").order_by("-n"),
        "retiring": RetireForm(initial={"expected_n": found.n}),
    }


def _initial(found: Entry) -> dict[str, Any]:
    said = {"kind": found.kind, "title": found.title, "text": found.text, "use": found.use}
    return said | {"papers": found.papers, "expected_n": found.n}


def _titles(entry: Entry) -> list[str]:
    return [declared.paper.title for key in entry.papers if (declared := paper_by(key))]


def _found_or_404(request: Request, entry: str) -> Entry:
    found = phrases.find(request.user.organisation, entry)
    if found is None:
        raise Http404
    return found
