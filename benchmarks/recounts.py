"""先列出、再重算 over many running deadlines, beside one statement that touches the same rows."""

import resource
from collections.abc import Callable, Iterator

from accounts.models import User
from accounts.permissions import Role
from benchmarks.table import Line
from benchmarks.timing import run, timed, timed_and_undone
from deadlines.models import Recount
from deadlines.recounts import actions, counting, listing, work

CAUSE = Recount.Cause.HOLIDAY
BARE_LIST = """
SELECT count(*), count(DISTINCT due_on) FROM deadlines_deadline WHERE met_on IS NULL AND cancelled_at IS NULL
"""
BARE_APPLY = """
UPDATE deadlines_deadline SET calendar_version = 'measured', explanation = 'measured', sequence = sequence + 1
WHERE met_on IS NULL AND cancelled_at IS NULL
"""


def recounts(people: list[User], count: int) -> Iterator[Line]:
    """The list of all that would change, its page, and the recount."""
    keeper = User.objects.create(
        username="bench-keeper", name="测速", role=Role.SYSTEM_ADMIN, organisation=people[0].organisation
    )
    before = _memory()
    theirs = timed(lambda: run(BARE_LIST))
    made = actions.list_all(cause=CAUSE, by=keeper)
    ours = timed(lambda: _out(lambda: listing.work(made.pk)))
    more = _memory() - before
    yield Line(f"重算清单，{count:,} 项期限（内存多用 {more} MB）", ours, theirs, "一条 SELECT 数这些行")
    now = counting.basis(CAUSE, None)
    last = count // listing.ON_A_PAGE
    page = timed(lambda: list(listing.preview_of(now, now.candidates.count()).page(str(last))))
    yield Line(f"清单的最后一页（第 {last:,} 页）", page, theirs, "一条 SELECT 数这些行")
    bare = timed_and_undone(lambda: run(BARE_APPLY))
    recount = actions.apply(cause=CAUSE, basis=now.fingerprint, reason="测速", by=keeper)
    before = _memory()
    spent = timed(lambda: _out(lambda: work.work(recount.pk)))
    recount.refresh_from_db()
    name = f"应用重算，{count:,} 项期限，{recount.changed:,} 项改变（内存多用 {_memory() - before} MB）"
    yield Line(name, spent, bare, "一条 UPDATE 改这些行")


def _out(step: Callable[[], bool]) -> None:
    while step():
        pass


def _memory() -> int:
    """The most that this process has used so far, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
