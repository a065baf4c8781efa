"""编辑页: a paper of a case with its fields, its sheet, its drafts, and what was typed and not saved."""

from dataclasses import replace
from functools import partial
from typing import Any

from django.db.models import Prefetch
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.safestring import SafeString

from accounts.access import demand, get_or_404
from accounts.http import Request
from accounts.permissions import Permission
from cases.models import Case
from cases.pages import Deed, case_or_404, perform
from cases.paperwork import approving, correcting, drafting, keeping, policy
from cases.paperwork.catalogue import paper_for
from cases.paperwork.editing import Items, items_of
from cases.paperwork.filling import own_lines, values_of
from cases.paperwork.forms import PaperForm, StartForm, VoidForm, WordForm, form_of, initial_of
from cases.paperwork.known import Known
from cases.paperwork.sheets import secrets_of, sheet, sheet_of
from cases.paperwork.standing import goes_up_at
from cases.policy import why_not_handle
from cases.service.standing import counted
from core.forms import Form
from documents import papers, wordings
from documents.comparing import Change, changes
from documents.fonts import stand_ins
from documents.models import Document, Rendition, Version
from documents.papers import FROM_WORD

EDITOR = "cases/paper.html"


def documents_of(case: Case) -> Any:
    found = Document.objects.filter(case_link__case=case)
    return counted(found.select_related("created_by", "issue", "organisation"))


def listed_of(case: Case) -> Any:
    """The papers of the case for its list, each with what corrects it."""
    corrections = Document.objects.filter(status=Document.Status.ISSUED).select_related("issue")
    return documents_of(case).prefetch_related(
        Prefetch("corrections", corrections, to_attr="standing_corrections")
    )


def editor(request: Request, case: Case, document: Document) -> HttpResponse:
    """填写内容 on the left, the sheet on the right; POST saves a new draft. Unsaved words stand in the form."""
    latest = document.latest
    facts = papers.facts_of(latest)
    why_not = policy.why_not_write(case, request.user, document)
    form = form_for(request, document, latest, facts, writes=not why_not, posted=request.POST or None)
    deed = Deed(
        EDITOR,
        form,
        partial(saved, drafting.revise, case, document, form),
        "已保存",
        why_not=why_not,
        to=url_of(case, document),
        context=shown(request, case, document, latest=latest, fields=form),
    )
    return perform(request, case, deed)


def form_for(
    request: Request, document: Document, latest: Version, facts: Any, *, writes: bool, posted: Any = None
) -> PaperForm:
    """What was `posted` of it; else what was typed and not saved (`?copy`: of which window); else what is saved.

    Posts of other deeds on the page (送审、签发、作废) carry none of its fields: refused, they go on with the copy.
    """
    initial = initial_of(facts) | {"version": latest.n}
    found = [] if posted or not writes else keeping.offers(document, latest, request.user)
    chosen = keeping.gone_on_with(found, request.GET.get("copy"))
    if chosen:
        initial |= chosen.copy.typed | {"version": chosen.copy.base_n, "copy": chosen.copy.stamp}
    form = form_of(type(facts))(posted, initial=initial)
    form.resumed = chosen.copy.typed if chosen else {}
    form.going_on, form.others = chosen, [each for each in found if each != chosen]
    return form


def saved(verb: Any, case: Case, document: Document, form: PaperForm, *, by: Any, **facts: Any) -> Version:
    """The verb, then the working copy of this page is no longer needed."""
    version: Version = verb(case, document, by=by, **facts)
    keeping.forget_saved(document, page=form.page_key, seen=form.seen, by=by)
    return version


def shown(
    request: Request,
    case: Case,
    document: Document,
    *,
    latest: Version | None = None,
    fields: Form | None = None,
) -> dict[str, Any]:
    """The sheet of the newest draft, or of the older one that `?n=` asks for, and what is wrong with it."""
    versions = _versions(document, latest or document.latest)
    latest = versions[0]
    seen = _asked(request, versions, "n") or latest
    until = _asked(request, versions, "to") or latest
    facts = papers.facts_of(latest)
    known = Known(case)
    now = values_of(type(facts), case, known=known)
    closed = policy.why_not_write(case, request.user, document)
    form = fields
    if not isinstance(form, PaperForm):
        form = form_for(request, document, latest, facts, writes=not closed)
    typed, is_typed = _typed(form, facts), bool(form.resumed)
    return {
        "document": document,
        "declared": paper_for(document),
        "versions": versions,
        "shown": seen,
        "until": until,
        "sheet": _shown_sheet(case, document, seen, now, typed if is_typed and seen == latest else None),
        "changes": _changes(seen, until) if "changes" in request.GET and seen != until else [],
        "fields": form,
        "items": Items()
        if closed
        else items_of(form, typed, case, latest, known=known, is_saved=not is_typed),
        "going_on": form.going_on,
        "others": form.others,
        "may_write": not closed,
        **_other_deeds(request, case, latest, fields),
        "is_word": latest.template_version == FROM_WORD,
        "stand_ins": stand_ins(),
        "rendition": rendition_of(document),
        "goes_up_at": goes_up_at(case, document.kind),
        "too_much": drafting.oversteps(document, facts) if not closed else [],
        "closed": closed,
        "who": latest.made_by,  # of the comparison, where somebody was quicker
        "at": latest.made_at,
        "zoom": request.COOKIES.get("zoom", ""),
        **approving.acts_of(case, document, request.user),
        **correcting.acts_of(case, document, request.user),
    }


def _shown_sheet(
    case: Case, document: Document, seen: Version, now: dict[str, Any], typed: Any
) -> SafeString:
    """What is typed and not saved yet, where the newest draft is looked at; else the draft that was asked for."""
    return sheet_with(case, document, typed, now) if typed is not None else sheet_of(case, seen, now)


def _versions(document: Document, latest: Version) -> list[Version]:
    """All drafts, newest first, `latest` whole; of the others the text is read when somebody asks for it."""
    found = list(document.versions.select_related("made_by").defer("body", "facts_json").order_by("-n"))
    if found[0] != latest:
        return [document.latest, *found[1:]]  # somebody saved while this page was made
    latest.made_by = found[0].made_by
    return [latest, *found[1:]]


def rendition_of(document: Document) -> Rendition | None:
    """The PDF of an issued paper, however far it is."""
    issue = getattr(document, "issue", None)
    if issue is None:
        return None
    found = Rendition.objects.select_related("version__document")
    return found.filter(version=issue.version_id, kind=Rendition.Kind.PDF).first()


def _asked(request: Request, versions: list[Version], name: str) -> Version | None:
    return next((each for each in versions if str(each.n) == request.GET.get(name)), None)


def _typed(form: PaperForm, facts: Any) -> Any:
    """The facts with what stands in the form and is not saved."""
    if not form.resumed:
        return facts
    tried = form_of(type(facts))(form.resumed)
    tried.is_valid()
    return replace(facts, **tried.readable)


def sheet_with(case: Case, document: Document, facts: Any, now: dict[str, Any]) -> SafeString:
    """The sheet as it would be with these facts; `now`: what the case says."""
    words, _ = wordings.current(papers.paper_of(document), document.organisation)
    body = wordings.composed(words, document.title, facts)
    return sheet(case, document, body, secrets_of(facts), own_lines(facts, now))


def own_or_404(request: Request, code: str, pk: int) -> tuple[Case, Document]:
    """The case and its paper, for those who may work on cases; a paper with pages of its own is none of these."""
    case = case_or_404(request, code)
    demand(request.user, Permission.CASE_HANDLE, request=request)
    document = get_or_404(documents_of(case), request.user, request, pk=pk)
    if paper_for(document) is None:
        raise Http404
    return case, document


def _changes(before: Version, after: Version) -> list[Change]:
    secrets = secrets_of(papers.facts_of(before)) | secrets_of(papers.facts_of(after))
    return changes(before.body, after.body, secrets)


def url_of(case: Case, document: Document) -> str:
    return reverse("cases:document", args=[case.code, document.pk])


def _other_deeds(request: Request, case: Case, latest: Version, refused: Form | None) -> dict[str, Any]:
    """The forms beside the fields: 送审、签发、传回 Word、作废, the last as it was `refused`; why not 作废 is said to
    those who work on the case.
    """
    reason = policy.why_not_void(case, request.user, latest.document)
    return {
        "start": StartForm(),
        "word_form": WordForm(initial={"expected_n": latest.n}),
        "void_form": refused if isinstance(refused, VoidForm) else VoidForm(),
        "may_void": not reason,
        "why_not_void": "" if why_not_handle(case, request.user) else reason,
    }
