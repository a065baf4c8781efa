"""导出: tables of figures, ledger and log as workbooks in which every text stays text (security.md T27)."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from tablib import Dataset

from cases.resources import Workbooks
from core import clock

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class Sheet(Workbooks):
    """A workbook of django-import-export with a title of its own."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self.title = title


def workbook(title: str, heads: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    return Sheet(title).export_data(Dataset(*rows, headers=list(heads)))


def file_name(title: str) -> str:
    return f"{title}{clock.today()}.xlsx"


def moment(at: datetime | None) -> str:
    """2026-11-23 15:20 in Shanghai; workbooks know no time zones."""
    return f"{at.astimezone(clock.SHANGHAI):%Y-%m-%d %H:%M}" if at else ""
