"""Pages that are asked while somebody writes: the sheet as it would be, what was kept, what is given up."""

from dataclasses import replace
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.views.decorators.http import require_http_methods, require_POST

from accounts.http import Request
from cases.models import Case
from cases.pages import Deed, perform
from cases.paperwork import keeping, phrases, policy
from cases.paperwork.editing import items_of
from cases.paperwork.editor import EDITOR, own_or_404, sheet_with, shown, url_of
from cases.paperwork.filling import values_of
from cases.paperwork.forms import PaperForm, PhraseForm, form_of, initial_of
from cases.paperwork.known import Known
from core.fields import LongTextField
from core.http import leave, page
from documents import papers, working_copies
from documents.models import Document, Phrase, Version


@require_POST
def preview(request: Request, code: str, pk: int) -> HttpResponse:
    """A4 预览 of what stands in the form now, which is kept as a working copy. What cannot be read stays as saved."""
    case, document = own_or_404(request, code, pk)
    latest: Version = document.latest
    facts = papers.facts_of(latest)
    form = form_of(type(facts))(request.POST)
    form.is_valid()
    typed, known = replace(facts, **form.readable), Known(case)
    now = values_of(type(facts), case, known=known)
    context = kept(request, case, document, form) | {
        "case": case,
        "document": document,
        "sheet": sheet_with(case, document, typed, now),
        "items": items_of(form, typed, case, latest, known=known, is_saved=False),
    }
    return page(request, "cases/paper_sheet.html", context)


def kept(request: Request, case: Case, document: Document, form: PaperForm) -> dict[str, Any]:
    """What is said beside the title: when it was kept, or why it was not."""
    if why_not := policy.why_not_write(case, request.user, document):
        return {"why_not_kept": f"没有自动保存：{why_not}"}
    return {"copy": keeping.keep(case, document, form, by=request.user)}


@require_POST
def drop_copy(request: Request, code: str, pk: int) -> HttpResponse:
    """放弃未保存的修改: what this page kept (`page`) or showed (`copy`), not what another window wrote since."""
    case, document = own_or_404(request, code, pk)
    page_key, stamp = request.POST.get("page", ""), request.POST.get("copy", "")
    given_up = [
        each
        for each in working_copies.of(document, request.user)
        if str(each.page) == page_key or str(each.stamp) == stamp
    ]
    for each in given_up:
        each.delete()
    if given_up:
        messages.success(request, "已放弃未保存的修改")
    else:
        messages.warning(request, "没有放弃：这些修改已经保存，或者在另一个窗口里又写过。现在的内容见本页。")
    return leave(request, url_of(case, document))


@require_POST
def insert(request: Request, code: str, pk: int) -> HttpResponse:
    """插入常用段落 at the end of a long field: `insert` is `field:entry`. Nothing is saved, what stands is kept."""
    case, document = own_or_404(request, code, pk)
    name, _, entry = request.POST.get("insert", "").partition(":")
    latest: Version = document.latest
    facts = papers.facts_of(latest)
    kind = form_of(type(facts))
    phrase = phrases.find(case.organisation, entry)
    if phrase is None or phrase.is_retired or not isinstance(kind.base_fields.get(name), LongTextField):
        raise Http404
    typed = request.POST.copy()
    typed[name] = "\n".join(part for part in (typed.get(name, "").rstrip(), phrase.text) if part)
    form = kind(typed)
    form.is_valid()
    said = kept(request, case, document, form)
    if not request.htmx:
        form.resumed = form.typed
        context = shown(request, case, document, fields=form) | said
        return page(request, EDITOR, {"case": case, "form": form, "why_not": ""} | context)
    written, known = replace(facts, **form.readable), Known(case)
    now = values_of(type(facts), case, known=known)
    items = items_of(form, written, case, latest, known=known, is_saved=False)
    item = next(each for each in items if each.name == name)
    sheet = sheet_with(case, document, written, now)
    context = {"case": case, "document": document, "item": item, "items": items, "sheet": sheet} | said
    return page(request, "cases/paper_inserted.html", context)


@require_http_methods(["GET", "POST"])
def phrase_new(request: Request, code: str, pk: int) -> HttpResponse:
    """存为常用段落: one paragraph of a long field (`?field`, `?p` the how manieth), as the person typed it last."""
    case, document = own_or_404(request, code, pk)
    latest: Version = document.latest
    facts = papers.facts_of(latest)
    name = request.GET.get("field", "")
    bound = form_of(type(facts))(initial=initial_of(facts))
    if not isinstance(bound.fields.get(name), LongTextField):
        raise Http404
    copies = working_copies.of(document, request.user)
    text = copies[0].typed.get(name, "") if copies else str(bound[name].value() or "")
    paragraphs = [line.strip() for line in text.splitlines() if line.strip()]
    n = request.GET.get("p", "")
    chosen = int(n) - 1 if n.isdecimal() and 0 < int(n[:6]) <= len(paragraphs) else 0
    initial = {"text": paragraphs[chosen] if paragraphs else "", "kind": Phrase.Kind.REASONING}
    label = str(bound.fields[name].label)
    deed = Deed(
        "cases/paper_phrase.html",
        PhraseForm(request.POST or None, initial=initial),
        partial(phrases.add, case=case, use=phrases.USE_OF.get(label, Phrase.Use.ANY)),
        "已存为常用段落，全院可用",
        why_not=phrases.why_not_add(request.user),
        action=f"phrase:{document.pk}",
        to=url_of(case, document),
        context={
            "document": document,
            "label": label,
            "field": name,
            "chosen": chosen,
            "paragraphs": paragraphs,
        },
    )
    return perform(request, case, deed)
