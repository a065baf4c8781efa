"""上线前检查: what must be right before going live or upgrading, one Chinese sentence each."""

import logging
import shutil
from collections.abc import Callable, Iterator
from datetime import timedelta
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

from celery import current_app
from django.conf import settings
from kombu.exceptions import OperationalError

from core import checks, clock
from dashboard.operations import backup, postgres, unsent
from deadlines.models import Holiday
from deadlines.reference import missing_years
from documents import fonts
from jobs import probes
from jobs.models import Heartbeat

OLDEST, NEWEST = 15, 18  # versions of PostgreSQL that are tested
MUST_BE_ON = ("fsync", "full_page_writes", "synchronous_commit")
BACKUP_EVERY = timedelta(days=7)
GB = 1024**3
LEAST_FREE, MOST_USED = 2 * GB, 0.85

logger = logging.getLogger(__name__)


class Level(StrEnum):
    """What a finding means for going live."""

    OK = "ok"
    WARN = "warn"
    FAIL = "fail"


class Finding(NamedTuple):
    """One line of the report."""

    level: Level
    sentence: str


def findings() -> Iterator[Finding]:
    """Every check in turn; one that breaks is a failure, not an end."""
    for check in CHECKS:
        try:
            yield check()
        except Exception:
            logger.exception("上线前检查出错")
            yield _fail(f"{(check.__doc__ or '').rstrip('.')}：检查没有完成，原因见日志。")


def _ok(sentence: str) -> Finding:
    return Finding(Level.OK, sentence)


def _warn(sentence: str) -> Finding:
    return Finding(Level.WARN, sentence)


def _fail(sentence: str) -> Finding:
    return Finding(Level.FAIL, sentence)


def _probed(sentence: str, fine: str, level: Level = Level.FAIL) -> Finding:
    """A probe's answer: its sentence when something is wrong, `fine` when nothing is."""
    return Finding(level, sentence) if sentence else _ok(fine)


def is_production() -> bool:
    return not settings.FIELD_KEYS_CREATE


def database_version() -> Finding:
    """数据库版本."""
    major = postgres.major()
    if OLDEST <= major <= NEWEST:
        return _ok(f"PostgreSQL {postgres.version()}。")
    return _fail(f"PostgreSQL {major} 不在测试过的 {OLDEST} 至 {NEWEST} 之内，请更换。")


def durability() -> Finding:
    """数据库落盘设置."""
    said = postgres.settings()
    if off := [name for name in MUST_BE_ON if said[name] != "on"]:
        return _fail(f"{'、'.join(off)} 不是 on，断电会丢失已保存的数据，请在 postgresql.conf 里改回。")
    if said["data_checksums"] != "on":
        return _warn("没有开启数据校验和，磁盘损坏不会被发现。停机后可用 pg_checksums --enable 开启。")
    return _ok("数据库落盘设置和数据校验和正确。")


def migrations() -> Finding:
    """数据库结构."""
    return _probed(probes.migrations(), "数据库结构是最新的。")


def key_file() -> Finding:
    """字段密钥文件."""
    found = [f"{problem.msg}{problem.hint or ''}" for problem in checks.key_file()]
    return _probed("".join(found[:1]), "字段密钥文件可读，权限正确。请确认已另存两份。")


def holidays() -> Finding:
    """节假日."""
    this, known = clock.today().year, Holiday.objects.calendar().years
    if this not in known:
        return _fail(f"{this} 年节假日安排没有录入，期限会算错。请在“节假日”里录入。")
    if this + 1 in known:
        return _ok(f"{this} 和 {this + 1} 年节假日安排已录入。")
    if missing := missing_years():
        return _warn(f"{missing[-1]} 年节假日安排还没录入，国务院办公厅公布后请录入。")
    return _warn(f"{this + 1} 年节假日安排还没录入，国务院的通知一般在十一月公布。")


def paper_fonts() -> Finding:
    """公文字体."""
    if not (fonts.folder() / "fonts.conf").exists():
        return _warn("公文字体还没准备，请运行 scripts/fonts。")
    if found := fonts.stand_ins():
        return _warn(
            f"{'、'.join(found)}用的是替代字体。把本院字体放入 PAPER_FONTS_DIR 后运行 scripts/fonts。"
        )
    return _ok("公文字体齐全。")


def media() -> Finding:
    """附件目录."""
    root = Path(settings.MEDIA_ROOT).resolve()
    public = [
        Path(settings.STATIC_ROOT).resolve(),
        *(Path(each).resolve() for each in settings.STATICFILES_DIRS),
    ]
    if any(root.is_relative_to(folder) for folder in public):
        return _fail("附件目录在网站的静态文件夹里，任何人都能下载。请把 MEDIA_ROOT 改到别处。")
    return _probed(probes.storage(), "附件目录可写，不在静态文件夹里。")


def broker() -> Finding:
    """任务队列."""
    with current_app.connection_for_write() as link:
        transport = link.transport_cls or ""
        try:
            link.ensure_connection(max_retries=1, interval_start=0, timeout=3)
        except (OperationalError, OSError):
            return _fail("连不上任务队列，请检查 CELERY_BROKER_URL 和 Redis。")
    if is_production() and "redis" not in str(transport):
        return _warn("任务队列没有使用 Redis。正式环境请设 CELERY_BROKER_URL=redis://…")
    return _ok("任务队列可用。")


def heartbeat() -> Finding:
    """后台任务与定时器."""
    return _probed(probes.worker() or probes.scheduler(), "后台任务和定时器在运行。", Level.WARN)


def waiting() -> Finding:
    """未办事项."""
    return _probed(unsent.probe(), "没有迟迟未办的通知、提醒和文书。", Level.WARN)


def disk() -> Finding:
    """磁盘空间."""
    space = shutil.disk_usage(
        settings.MEDIA_ROOT if Path(settings.MEDIA_ROOT).exists() else settings.BASE_DIR
    )
    left = f"附件所在磁盘剩余 {space.free // GB} GB"
    if space.free < LEAST_FREE:
        return _fail(f"{left}，请先清理或扩容。")
    if space.used > space.total * MOST_USED:
        return _warn(f"{left}，已用超过 85%，请安排扩容。")
    return _ok(f"{left}。")


def time_zone() -> Finding:
    """时区."""
    found = [f"{problem.msg}{problem.hint or ''}" for problem in checks.clock_settings()]
    return _probed("".join(found[:1]), f"时区为北京时间，现在是 {clock.now():%Y-%m-%d %H:%M}。")


def last_backup() -> Finding:
    """备份."""
    made = Heartbeat.objects.seen(backup.HEARTBEAT)
    if made is None:
        return _warn("还没有做过备份，请运行 manage.py backup。")
    if clock.now() - made > BACKUP_EVERY:
        return _warn(
            f"上次备份是 {made.astimezone(clock.SHANGHAI):%Y-%m-%d}，已超过 7 天。请运行 manage.py backup。"
        )
    return _ok(f"上次备份是 {made.astimezone(clock.SHANGHAI):%Y-%m-%d}。")


def demo() -> Finding:
    """演示数据."""
    if not settings.DEMO:
        return _ok("没有启用演示数据和演示账号。")
    if is_production():
        return _fail("DEMO=1，演示账号的密码是公开的。正式环境必须设 DEMO=0。")
    return _warn("这是演示环境（DEMO=1），不能用于正式办案。")


CHECKS: list[Callable[[], Finding]] = [
    database_version,
    durability,
    migrations,
    key_file,
    holidays,
    paper_fonts,
    media,
    broker,
    heartbeat,
    waiting,
    disk,
    time_zone,
    last_backup,
    demo,
]
