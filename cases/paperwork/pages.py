"""Pages of a case's papers: what may be drafted, the editor with its A4 sheet, issue and void."""

from dataclasses import replace
from functools import partial
from itertools import groupby
from typing import Any

from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from accounts.access import demand, get_or_404
from accounts.http import Request
from accounts.permissions import Permission
from audit import log
from audit.models import Verb
from cases.models import Case
from cases.pages import Deed, case_or_404, perform
from cases.paperwork import drafting, policy
from cases.paperwork.catalogue import CasePaper, paper_by, paper_for
from cases.paperwork.filling import unsaid
from cases.paperwork.forms import StartForm, VoidForm, WordForm, form_of, initial_of
from cases.paperwork.sheets import secrets_of, sheet, sheet_of
from cases.paperwork.standing import goes_up_at
from core.forms import Form
from core.http import download, page
from documents import papers, wordings
from documents.comparing import Change, changes
from documents.facts import missing
from documents.fonts import stand_ins
from documents.models import Document, Rendition, Version
from documents.papers import FROM_WORD
from documents.views import DOCX, serve_rendition
from documents.word.writing import docx_of

EDITOR = "cases/paper.html"


def documents_of(case: Case) -> Any:
    return Document.objects.filter(case_link__case=case).select_related("created_by", "issue", "organisation")


def offered_by_group(case: Case, request: Request) -> list[tuple[str, list[CasePaper]]]:
    """What may be drafted now, group by group."""
    found = policy.offered(case, request.user)
    return [(str(group.value), list(each)) for group, each in groupby(found, key=lambda one: one.group)]


@require_POST
def start(request: Request, code: str, key: str) -> HttpResponse:
    """起草 one paper of the catalogue."""
    case = case_or_404(request, code)
    demand(request.user, Permission.CASE_HANDLE, request=request)
    declared = paper_by(key)
    if declared is None:
        raise Http404
    deed = Deed(
        "cases/documents.html",
        StartForm(request.POST),
        lambda **facts: _url(case, drafting.draft(case, declared, **facts)),
        f"已起草{declared.paper.title}",
        why_not=policy.why_not_draft(case, request.user, declared),
        action=f"draft:{case.code}:{key}",
        context=listed(case, request),
    )
    return perform(request, case, deed)


def listed(case: Case, request: Request) -> dict[str, Any]:
    """The context of the list: the papers of the case, and what may be drafted now."""
    return {"documents": documents_of(case), "offered": offered_by_group(case, request), "start": StartForm()}


def editor(request: Request, case: Case, document: Document, rendition: Any) -> HttpResponse:
    """填写内容 on the left, the sheet on the right; POST saves a new draft."""
    latest = document.latest
    facts = papers.facts_of(latest)
    form = form_of(type(facts))(request.POST or None, initial=initial_of(facts) | {"version": latest.n})
    deed = Deed(
        EDITOR,
        form,
        partial(drafting.revise, case, document),
        "已保存",
        why_not=policy.why_not_write(case, request.user, document),
        to=_url(case, document),
        context=shown(request, case, document, fields=form, rendition=rendition),
    )
    return perform(request, case, deed)


def shown(
    request: Request, case: Case, document: Document, *, fields: Form | None = None, rendition: Any = None
) -> dict[str, Any]:
    """The sheet of the newest draft, or of the older one that `?n=` asks for, and what is wrong with it."""
    versions = list(document.versions.select_related("made_by").order_by("-n"))
    latest = versions[0]
    seen = next((each for each in versions if str(each.n) == request.GET.get("n")), latest)
    facts = papers.facts_of(latest)
    is_draft = document.status == Document.Status.DRAFT
    declared = paper_for(document)
    return {
        "document": document,
        "declared": declared,
        "versions": versions,
        "shown": seen,
        "sheet": sheet_of(case, seen),
        "changes": _changes(seen, latest) if "changes" in request.GET and seen != latest else [],
        "fields": fields or form_of(type(facts))(initial=initial_of(facts) | {"version": latest.n}),
        "missing": missing(facts),
        "differing": drafting.disagreements(case, document, facts) if is_draft else [],
        "may_write": not policy.why_not_write(case, request.user, document),
        "may_void": not policy.why_not_void(case, request.user, document),
        "void_form": VoidForm(),
        "word_form": WordForm(initial={"expected_n": latest.n}),
        "unsaid": unsaid(facts, latest.body) if is_draft and latest.template_version == FROM_WORD else [],
        "start": StartForm(),
        "stand_ins": stand_ins(),
        "rendition": rendition,
        "goes_up_at": goes_up_at(case, document.kind),
        "closed": policy.why_not_write(case, request.user, document),
        "who": latest.made_by,  # of the comparison, where somebody was quicker
        "at": latest.made_at,
    }


@require_POST
def preview(request: Request, code: str, pk: int) -> HttpResponse:
    """A4 预览 of what stands in the form now; nothing is saved. What cannot be read stays as it was saved."""
    case, document = _own(request, code, pk)
    latest: Version = document.latest
    facts = papers.facts_of(latest)
    form = form_of(type(facts))(request.POST)
    form.is_valid()
    facts = replace(facts, **form.readable)
    paper = papers.paper_of(document)
    words, _ = wordings.current(paper, document.organisation)
    body = wordings.composed(words, document.title, facts)
    context = {"sheet": sheet(case, document, body, secrets_of(facts))}
    return page(request, "cases/paper_sheet.html", context)


@require_POST
def take_over(request: Request, code: str, pk: int) -> HttpResponse:
    """恢复为案件数据: one fact (`name`), or all."""
    name = request.POST.get("name", "")
    return _deed(request, code, pk, partial(_taken, name=name), "已取案件数据")


@require_POST
def restore(request: Request, code: str, pk: int) -> HttpResponse:
    """恢复旧稿 `n`."""
    n = request.POST.get("n", "")
    if not n.isdecimal() or len(n) > 6:
        raise Http404
    return _deed(request, code, pk, partial(drafting.restore, n=int(n)), f"已恢复第 {n} 稿")


@require_POST
def issue(request: Request, code: str, pk: int) -> HttpResponse:
    """签发, 定稿."""
    return _deed(request, code, pk, drafting.issue, "已签发，正在生成 PDF")


@require_POST
def void(request: Request, code: str, pk: int) -> HttpResponse:
    """作废, with its reason."""
    return _deed(
        request, code, pk, drafting.void, "已作废", form=VoidForm(request.POST), needs=policy.why_not_void
    )


@require_POST
def word_back(request: Request, code: str, pk: int) -> HttpResponse:
    """修改后的 Word 传回: a new draft, with what it no longer says listed beside it."""
    form = WordForm(request.POST, request.FILES)
    return _deed(request, code, pk, drafting.from_word, "已存为新的一稿，请核对", form=form)


@require_safe
def word(request: Request, code: str, pk: int) -> HttpResponseBase:
    """下载 Word of the newest draft, on record (it shows numbers of persons); issued papers as they were issued."""
    _, document = _own(request, code, pk)
    latest = document.latest
    made = Rendition.objects.filter(version=latest, kind=Rendition.Kind.DOCX).first()
    if made and made.state == Rendition.State.DONE:
        return serve_rendition(request, made)
    log.record(
        request.user, Verb.DOWNLOAD, f"{document}（Word，第 {latest.n} 稿）", document.pk, request=request
    )
    return download(docx_of(latest.body, document.title), f"{document} 第{latest.n}稿.docx", DOCX)


def _deed(
    request: Request,
    code: str,
    pk: int,
    work: Any,
    done: str,
    form: Form | None = None,
    needs: Any = policy.why_not_write,
) -> HttpResponse:
    case, document = _own(request, code, pk)
    view = request.resolver_match.view_name if request.resolver_match else ""
    deed = Deed(
        EDITOR,
        form or StartForm(request.POST),
        partial(work, case, document),
        done,
        why_not=needs(case, request.user, document),
        action=f"{view}:{document.pk}",
        to=_url(case, document),
        context=shown(request, case, document),
    )
    return perform(request, case, deed)


def _taken(case: Case, document: Document, *, name: str, by: Any) -> Version:
    return drafting.take_over(case, document, by=by, names=[name] if name else None)


def _own(request: Request, code: str, pk: int) -> tuple[Case, Document]:
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


def _url(case: Case, document: Document) -> str:
    return reverse("cases:document", args=[case.code, document.pk])
