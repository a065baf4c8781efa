"""A letter of support for sixty workers: our pipeline beside a bare WeasyPrint rendering of the same HTML."""

from collections.abc import Iterator

from django.conf import settings
from weasyprint import CSS, HTML

from benchmarks.table import Line, compare
from documents.rendering import render_pdf, sheet
from tests.documents.factories import letter_body

ROUNDS = 5


def measure() -> Iterator[Line]:
    html = sheet(letter_body(60, found="工程结束后，经多次催要未付。" * 120), "支持起诉书")
    css = (settings.BASE_DIR / "static" / "css" / "paper.css").read_text("utf-8")
    pages = len(HTML(string=html).render(stylesheets=[CSS(string=css)]).pages)
    ours, bare = compare(
        lambda: render_pdf(html),
        lambda: HTML(string=html).write_pdf(stylesheets=[CSS(string=css)]),
        ROUNDS,
    )
    yield Line(f"支持起诉书 PDF（60 名申请人，{pages} 页）", ours, bare, "同样的 HTML，只用 WeasyPrint")
