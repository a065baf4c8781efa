"""Whole pages through every middleware, beside the page's own SELECT statements sent by a bare cursor."""

from collections.abc import Iterator

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from benchmarks.table import Line, compare


def measure() -> Iterator[Line]:
    yield _page("工作台", "/desk/", "prosecutor")
    yield _page("追薪成效", "/dashboard/", "chief")


def _page(name: str, url: str, username: str) -> Line:
    client = Client()
    client.force_login(User.objects.get(username=username))
    client.get(url)
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(url)
    if answer.status_code != 200:
        raise RuntimeError(f"{url} 返回 {answer.status_code}，不能测量。")
    statements = [each["sql"] for each in captured.captured_queries if each["sql"].startswith("SELECT")]
    ours, bare = compare(lambda: client.get(url), lambda: _bare(statements))
    return Line(name, ours, bare, f"同样的 {len(statements)} 条查询，只用游标")


def _bare(statements: list[str]) -> None:
    link = connection.connection
    for statement in statements:
        link.execute(statement).fetchall()
