"""One line for each thing measured, the machine above them, and columns that stay straight in Chinese."""

import os
import platform
import time
import unicodedata
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median
from typing import NamedTuple

HEAD = ("项目", "我们", "对照", "倍数", "对照是什么")


class Line(NamedTuple):
    """What was measured (milliseconds), beside the same work without us, and what that is."""

    name: str
    ours: float
    bare: float
    beside: str


def compare(ours: Callable[[], object], bare: Callable[[], object], rounds: int = 15) -> tuple[float, float]:
    """Medians in milliseconds. Both by turns, so that a busy machine slows both; the first round is thrown away."""
    spent: tuple[list[float], list[float]] = ([], [])
    for _ in range(rounds + 1):
        for work, times in zip((ours, bare), spent, strict=True):
            start = time.perf_counter()
            work()
            times.append((time.perf_counter() - start) * 1000)
    return median(spent[0][1:]), median(spent[1][1:])


def machine(database: str) -> str:
    load = "、".join(f"{number:.1f}" for number in os.getloadavg())
    versions = f"Python {platform.python_version()}，PostgreSQL {database}"
    return f"{_processor()} × {os.cpu_count()}，{versions}，系统负载 {load}"


def printed(lines: Sequence[Line]) -> str:
    cells = [HEAD, *(_cells(line) for line in lines)]
    widths = [max(_width(row[column]) for row in cells) for column in range(len(HEAD))]
    return "\n".join(
        "  ".join(_padded(text, width) for text, width in zip(row, widths, strict=True)) for row in cells
    )


def _cells(line: Line) -> tuple[str, ...]:
    return (
        line.name,
        f"{line.ours:.2f} 毫秒",
        f"{line.bare:.2f} 毫秒",
        f"{line.ours / line.bare:.1f}",
        line.beside,
    )


def _padded(text: str, width: int) -> str:
    return text + " " * (width - _width(text))


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)


def _processor() -> str:
    known = Path("/proc/cpuinfo")
    lines = known.read_text().splitlines() if known.exists() else []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.machine()
