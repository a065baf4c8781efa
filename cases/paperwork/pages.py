"""Pages of a case's papers: what may be drafted, the editor with its A4 sheet, issue and void."""

from functools import partial
from itertools import groupby
from typing import Any

from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_POST, require_safe

from accounts.access import demand
from accounts.http import Request
from accounts.permissions import Permission
from audit import log
from audit.models import Verb
from cases.models import Case
from cases.pages import Deed, case_or_404, perform
from cases.paperwork import drafting, policy
from cases.paperwork.catalogue import CasePaper, paper_by
from cases.paperwork.editor import EDITOR, documents_of, editor, listed_of, own_or_404, saved, shown, url_of
from cases.paperwork.forms import StartForm, VoidForm, WordForm, form_of
from cases.paperwork.usual import usual
from core.forms import Form
from core.http import download
from documents import papers
from documents.models import Rendition, Version
from documents.views import DOCX, serve_rendition
from documents.word.writing import docx_of

__all__ = ["documents_of", "editor", "shown"]


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
        lambda **facts: url_of(case, drafting.draft(case, declared, **facts)),
        f"已起草{declared.paper.title}",
        why_not=policy.why_not_draft(case, request.user, declared),
        action=f"draft:{case.code}:{key}",
        context=listed(case, request),
    )
    return perform(request, case, deed)


def listed(case: Case, request: Request) -> dict[str, Any]:
    """The context of the list: the papers of the case, and what may be drafted now."""
    documents, offered = list(listed_of(case)), offered_by_group(case, request)
    every = [each for _, papers_of_group in offered for each in papers_of_group]
    return {
        "documents": documents,
        "usual": usual(case, every, documents),
        "offered": offered,
        "start": StartForm(),
    }


@require_POST
def take_over(request: Request, code: str, pk: int) -> HttpResponse:
    """恢复为案件数据: one fact (`name`), or all; what stands in the form beside it is saved with it."""
    case, document = own_or_404(request, code, pk)
    names = [request.POST["name"]] if request.POST.get("name") else None
    latest: Version = document.latest
    form = form_of(type(papers.facts_of(latest)))(request.POST) if "version" in request.POST else None
    verb = partial(drafting.take_over, names=names)
    deed = Deed(
        EDITOR,
        form or StartForm(request.POST),
        partial(saved, verb, case, document, form) if form else partial(verb, case, document),
        "已取案件数据",
        why_not=policy.why_not_write(case, request.user, document),
        action=f"take_over:{document.pk}",
        to=url_of(case, document),
        context=shown(request, case, document, fields=form),
    )
    return perform(request, case, deed)


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
    _, document = own_or_404(request, code, pk)
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
    case, document = own_or_404(request, code, pk)
    view = request.resolver_match.view_name if request.resolver_match else ""
    deed = Deed(
        EDITOR,
        form or StartForm(request.POST),
        partial(work, case, document),
        done,
        why_not=needs(case, request.user, document),
        action=f"{view}:{document.pk}",
        to=url_of(case, document),
        context=shown(request, case, document, fields=form),
    )
    return perform(request, case, deed)
