"""Sixty complaints of one case as a batch (filled, made, joined, sealed) beside the bare rendering of their HTML."""

import resource
from collections.abc import Iterator
from functools import partial

from django.conf import settings
from django.db import transaction
from django.db.models import Count
from weasyprint import CSS, HTML

from benchmarks.ground import GROUP
from benchmarks.table import Line, compare
from cases.bundles import actions, keeping, work
from cases.models import Bundle, Case
from cases.paperwork.per_worker import sheets_of, workers_of
from documents import wordings
from documents.rendering import sheet

ROUNDS, KEY = 1, "complaint_service"


def measure() -> Iterator[Line]:
    grouped = Case.objects.annotate(heads=Count("claimants")).filter(heads=GROUP)
    case = grouped.select_related("organisation", "handler").latest("pk")
    pages: list[int] = []
    css = CSS(string=(settings.BASE_DIR / "static" / "css" / "paper.css").read_text("utf-8"))
    papers = _papers(case)
    _made_and_undone(case, pages)  # before the bare rendering, which keeps no engine and needs more
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    ours, bare = compare(
        partial(_made_and_undone, case, pages), lambda: [_bare(html, css) for html in papers], ROUNDS
    )
    name = f"批量生成 {len(papers)} 份起诉状（{pages[-1]} 页，本进程内存峰值 {peak} MB）"
    yield Line(name, ours, bare, "同样的 HTML 逐份排版，不填要素、不合并、不加密")


def _papers(case: Case) -> list[str]:
    everybody = workers_of(case)
    found = []
    for each in sheets_of(case, [KEY], everybody, everybody):
        paper = each.declared.paper
        words, _ = wordings.current(paper, case.organisation)
        found.append(sheet(wordings.composed(words, each.title, each.facts), each.title))
    return found


def _made_and_undone(case: Case, pages: list[int]) -> None:
    with transaction.atomic():
        bundle = actions.batch(case, papers=[KEY], who="all", claimants=[], as_written=True, by=case.handler)
        while work.work(str(bundle.pk)):
            pass
        found = Bundle.objects.get(pk=bundle.pk)
        if not found.files.exists():
            raise RuntimeError(found.job.text)
        pages.append(found.pages)
        keeping.forget_parts(bundle.pk)
        transaction.set_rollback(True)


def _bare(html: str, css: CSS) -> bytes:
    return HTML(string=html).write_pdf(stylesheets=[css])
