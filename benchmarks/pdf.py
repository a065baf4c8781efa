"""A letter of support for sixty workers: our pipeline beside a bare WeasyPrint rendering of the same HTML.

Run by `make bench`, or alone: `python -m benchmarks.pdf`.
"""

import os
import time
from collections.abc import Callable
from statistics import median

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.test")
django.setup()

from django.conf import settings  # noqa: E402
from weasyprint import CSS, HTML  # noqa: E402

from cases.papers import SUPPORT_LETTER  # noqa: E402
from documents import text  # noqa: E402
from documents.rendering import render_pdf, sheet  # noqa: E402
from tests.documents.factories import letter_facts  # noqa: E402

ROUNDS = 5


def seconds(work: Callable[[], object]) -> float:
    """The median of some rounds, the first one thrown away: what is measured is a warm worker."""
    work()
    spent = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        work()
        spent.append(time.perf_counter() - start)
    return median(spent)


def main() -> None:
    facts = letter_facts(60, found="工程结束后，经多次催要未付。" * 120)
    html = sheet(text.compose(SUPPORT_LETTER.template, "支持起诉书", facts), "支持起诉书")
    css = (settings.BASE_DIR / "static" / "css" / "paper.css").read_text("utf-8")
    pages = len(HTML(string=html).render(stylesheets=[CSS(string=css)]).pages)
    ours = seconds(lambda: render_pdf(html))
    bare = seconds(lambda: HTML(string=html).write_pdf(stylesheets=[CSS(string=css)]))
    print(f"PDF, {pages} pages, 60 workers: {ours:.2f} s ({ours / pages:.3f} s a page)")
    print(f"  bare WeasyPrint: {bare:.2f} s, ratio {ours / bare:.2f}")


if __name__ == "__main__":
    main()
