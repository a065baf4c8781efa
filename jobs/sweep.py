"""Periodic work: each owner registers a function that finds rows left behind and finishes them.

Called once a minute by the scheduler and by `manage.py run_due`; safe to run at any time, in any number.
"""

import logging
from collections.abc import Callable
from typing import Any, NamedTuple

from jobs.models import Heartbeat

logger = logging.getLogger(__name__)
_registered: dict[str, Callable[[], Any]] = {}


class Outcome(NamedTuple):
    """What one piece of periodic work did: its own count, or that it failed."""

    name: str
    ok: bool
    result: Any = None


def register(name: str, function: Callable[[], Any]) -> None:
    """Have `function` called every minute; `name` shows in logs and heartbeats. Call this at start-up."""
    if _registered.get(name, function) is not function:
        raise ValueError(f"two pieces of periodic work are called {name}")
    _registered[name] = function


def run() -> list[Outcome]:
    """Call everything once. A failing piece is logged, has no heartbeat, and does not stop the others."""
    outcomes = [_run_one(name, function) for name, function in _registered.items()]
    Heartbeat.objects.beat("worker")
    return outcomes


def _run_one(name: str, function: Callable[[], Any]) -> Outcome:
    try:
        result = function()
    except Exception:
        logger.exception("定时任务 %s 没有完成", name)
        return Outcome(name, ok=False)
    Heartbeat.objects.beat(f"sweep:{name}")
    return Outcome(name, ok=True, result=result)
