"""Papers as files: our warm engine beside a bare WeasyPrint, Chromium and LibreOffice on the same text, and its memory.

Eight pages with a table of sixty workers, and a notice of one page. The least of several rounds counts, for the machine
may be shared; what is to be read are the ratios.
"""

import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from django.conf import settings
from weasyprint import CSS, HTML

from benchmarks.table import Line
from documents import rendering
from documents.rendering import render_pdf, setting_of, sheet
from documents.word.writing import docx_of
from tests.documents.printing import Printed, printed

PAPERS = (("review_report", "many"), ("accept_notice", "full"))
ROUNDS = 5
MEMORY = 400  # MB that a worker may use
CHROMIUM = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--no-pdf-header-footer",
    "--disable-background-networking",
)


def measure() -> Iterator[Line]:
    for key, situation in PAPERS:
        yield from beside(printed(key, situation))
    yield memory()


def beside(paper: Printed) -> Iterator[Line]:
    """One paper: ours a page; then ours as a whole beside three others."""
    html = sheet(paper.body, paper.declared.paper.title)
    pages = len(paper.pages)
    name = f"{paper.declared.paper.title}（{pages} 页）"
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        others: list[tuple[str, Callable[[], object]]] = [
            ("同样的 HTML、字体和样式，只用 WeasyPrint", lambda: bare(html))
        ]
        if shutil.which("chromium"):
            (folder / "paper.html").write_text(
                html.replace("</head>", f"<style>{styles()}</style></head>"), "utf-8"
            )
            others.append(("同样的 HTML，Chromium 无界面打印", lambda: chromium(folder)))
        if shutil.which("soffice"):
            content = docx_of(paper.body, "题", setting_of(html))
            (folder / "paper.docx").write_bytes(content)
            others.append(("同一文书的 .docx，LibreOffice 转 PDF", lambda: libreoffice(folder)))
        for told, work in others:
            ours, theirs = least(lambda: render_pdf(html), work)
            yield Line(f"{name}，每页 {ours / pages:.0f} 毫秒", ours, theirs, told)


def memory() -> Line:
    """The most that a process of its own uses for the long paper, in MB (the columns say milliseconds)."""
    code = (
        "import django; django.setup(); import resource; from tests.documents.printing import printed; "
        f"printed({PAPERS[0][0]!r}, {PAPERS[0][1]!r}); "
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return Line("排版一份长文书的内存峰值（MB）", float(done.stdout.split()[-1]), MEMORY, "允许的上限（MB）")


def least(ours: Callable[[], object], theirs: Callable[[], object]) -> tuple[float, float]:
    """The least milliseconds of each, by turns; a first round warms both."""
    spent: tuple[list[float], list[float]] = ([], [])
    for n in range(ROUNDS + 1):
        for work, times in zip((ours, theirs), spent, strict=True):
            start = time.perf_counter()
            work()
            if n:
                times.append((time.perf_counter() - start) * 1000)
    return min(spent[0]), min(spent[1])


def styles() -> str:
    return (settings.BASE_DIR / "static" / "css" / "paper.css").read_text("utf-8")


def bare(html: str) -> bytes:
    """What the engine does by itself, tagged archive as ours; fonts found once, as ours."""
    warm = rendering._warm()
    return HTML(string=html).write_pdf(
        stylesheets=[CSS(string=styles(), font_config=warm.fonts)],
        font_config=warm.fonts,
        pdf_variant=rendering.VARIANT,
        pdf_tags=True,
    )


def chromium(folder: Path) -> None:
    command = ["chromium", *CHROMIUM, f"--user-data-dir={folder}/profile", f"--print-to-pdf={folder}/out.pdf"]
    subprocess.run([*command, f"file://{folder}/paper.html"], check=True, capture_output=True, timeout=60)


def libreoffice(folder: Path) -> None:
    profile = f"-env:UserInstallation=file://{folder}/office"
    command = ["soffice", "--headless", profile, "--convert-to", "pdf", "--outdir", str(folder)]
    subprocess.run([*command, f"{folder}/paper.docx"], check=True, capture_output=True, timeout=60)
