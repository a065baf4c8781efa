"""就绪检查: each probe answers with nothing when all is well, else with one sentence. One cause is told once."""

import logging
import tempfile
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import NamedTuple

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from core import clock
from jobs.models import Heartbeat

SILENT = timedelta(minutes=5)

logger = logging.getLogger(__name__)
UNREACHABLE = "连不上数据库。"
GROUND = ("database", "migrations")  # asked first; what breaks when these are bad has no cause of its own


class Probe(NamedTuple):
    label: str
    ask: Callable[[], str]
    needs_database: bool


_registered: dict[str, Probe] = {}


class Finding(NamedTuple):
    """What a probe found; `sentence` is empty when all is well, None when a cause told above kept it unasked."""

    name: str
    label: str
    sentence: str | None


class Sign(NamedTuple):
    """心跳 as people read it: when it was last seen, and a sentence when that is too long ago."""

    label: str
    seen: datetime | None
    sentence: str


def register(name: str, label: str, ask: Callable[[], str], *, needs_database: bool = True) -> None:
    """Add a probe of an owner (age of the oldest unsent thing …). Call this in AppConfig.ready."""
    _registered[name] = Probe(label, ask, needs_database)


def run() -> list[Finding]:
    """Ask every probe; one that breaks counts as bad news, unless its cause has been told."""
    found: dict[str, Finding] = {}
    for name in sorted(_registered, key=lambda name: name not in GROUND):  # otherwise as registered
        probe = _registered[name]
        told = [found[ground].sentence for ground in GROUND if ground in found]
        if UNREACHABLE in told and probe.needs_database:
            found[name] = Finding(name, probe.label, None)
        else:
            found[name] = Finding(name, probe.label, _ask(name, probe, is_explained=any(told)))
    return [found[name] for name in _registered]


def _ask(name: str, probe: Probe, *, is_explained: bool) -> str | None:
    try:
        return probe.ask()
    except Exception:
        logger.exception("就绪检查 %s 出错", name)
        return None if is_explained else "检查没有完成，原因见日志。"


def database() -> str:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return UNREACHABLE
    return ""


def migrations() -> str:
    executor = MigrationExecutor(connection)
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return f"有 {len(waiting)} 项数据库变更没有执行，请运行 manage.py migrate。" if waiting else ""


def storage() -> str:
    try:
        settings.MEDIA_ROOT.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=settings.MEDIA_ROOT) as file:
            file.write(b"zhichi")
    except OSError:
        return "附件目录写不进去，请检查磁盘空间和权限。"
    return ""


def worker() -> str:
    return signs({"worker": "后台任务"})[0].sentence


def scheduler() -> str:
    return signs({"beat": "定时器"})[0].sentence


def signs(labels: dict[str, str]) -> list[Sign]:
    """The signs of life of these heartbeats (name → label), in this order, in one statement."""
    seen = dict(Heartbeat.objects.filter(name__in=labels).values_list("name", "beat_at"))
    return [Sign(label, seen.get(name), _silent(label, seen.get(name))) for name, label in labels.items()]


def _silent(label: str, seen: datetime | None) -> str:
    if seen is None:
        return f"{label}还没有启动过，期限提醒不会发出。"
    silent = clock.now() - seen
    if silent > SILENT:
        return f"{label}已有 {int(silent.total_seconds() // 60)} 分钟没有动静，期限提醒可能没有发出。"
    return ""


def register_own() -> None:
    """The probes every installation has."""
    register("database", "数据库", database)
    register("migrations", "数据库变更", migrations)
    register("storage", "附件目录", storage, needs_database=False)
    register("worker", "后台任务", worker)
    register("scheduler", "定时器", scheduler)
