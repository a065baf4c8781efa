"""Gates that no linter knows: what must not stand in the repository, and how heavy a page may be."""

import gzip
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# written in two halves, or this file would be its own first offender
REGISTRIES = re.compile(
    "|".join(
        [
            "pypi" r"\.org",
            "pythonhosted" r"\.org",
            "npmjs" r"\.org",
            "npmmirror" r"\.com",
            "deb" r"\.debian\.org",
        ]
    )
)
IN_TEMPLATES = {
    "内联脚本": re.compile(r"<script(?![^>]*\bsrc=)(?![^>]*application/json)", re.IGNORECASE),
    "内联样式": re.compile(r"<style\b|\sstyle\s*=", re.IGNORECASE),
    "内联事件": re.compile(r"\son(?!e=)[a-z]+\s*=|\shx-on", re.IGNORECASE),
    "未转义输出": re.compile(r"\|\s*safe\b|\{%\s*autoescape\s+off"),
    "外部地址": re.compile(r"""(?:src|href|action)\s*=\s*["'](?:https?:)?//""", re.IGNORECASE),
}
KB = 1024
STATIC = ROOT / "static"
HEAD = ROOT / "templates" / "components" / "head.html"  # links the style sheets of every page


def tracked() -> Iterator[Path]:
    """Every text file that git knows or would know."""
    listing = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    for line in listing.stdout.splitlines():
        if (path := ROOT / line).is_file() and b"\0" not in path.read_bytes()[:8000]:
            yield path


def registry_hosts() -> Iterator[str]:
    for path in tracked():
        for number, line in enumerate(path.read_text(errors="replace").splitlines(), 1):
            if REGISTRIES.search(line):
                yield f"{path.relative_to(ROOT)}:{number} 写了软件源地址"


def templates() -> Iterator[str]:
    for path in sorted((ROOT / "templates").rglob("*.html")):
        is_paper = "papers" in path.parts
        text = path.read_text()
        for what, pattern in IN_TEMPLATES.items():
            if is_paper and what == "内联样式":
                continue  # rendered by WeasyPrint, never sent to a browser
            for found in pattern.finditer(text):
                yield f"{path.relative_to(ROOT)}:{text.count(chr(10), 0, found.start()) + 1} 有{what}"


def weights() -> Iterator[str]:
    """Budgets are for what travels to a screen: each file compressed by itself; media="print" waits for the printer."""
    lines = HEAD.read_text().splitlines() if HEAD.exists() else []
    linked = [name for line in lines if "print" not in line for name in re.findall(r"css/[\w-]+\.css", line)]
    everywhere = {STATIC / name for name in linked}
    budgets = [
        ("各页共用的样式", everywhere, 14),
        *((f"样式 {path.name}", [path], 3) for path in set(STATIC.glob("css/*.css")) - everywhere),
        ("脚本", STATIC.glob("js/**/*.js"), 12),
        ("图标", STATIC.glob("icons*.svg"), 4),
        ("htmx", STATIC.glob("vendor/htmx*.js"), 18),
    ]
    for what, files, budget in budgets:
        weight = sum(len(gzip.compress(path.read_bytes(), 9)) for path in files) / KB
        if weight > budget:
            yield f"{what}压缩后 {weight:.1f} KB，超过 {budget} KB"


def main() -> int:
    offences = [*registry_hosts(), *templates(), *weights()]
    print("\n".join(offences))
    return bool(offences)


if __name__ == "__main__":
    sys.exit(main())
