"""Bring database and files up to date before `make run` starts the processes. Safe to run at every start."""

import hashlib
import os
import sys
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))


def stamp_of(address: str) -> Path | None:
    """Where an embedded cluster remembers what it was prepared for: in its own folder, so that both go together."""
    folder = parse_qs(urlsplit(address).query).get("host", [""])[0]
    return Path(folder) / "prepared" if folder.startswith("/") else None


def recipe() -> str:
    """What the preparation depends on: code, static files, packages and whether the demo is wanted."""
    watched = [
        *ROOT.glob("*/migrations/*.py"),
        *(ROOT / "static").rglob("*"),
        *ROOT.glob("dashboard/demo/*.py"),
    ]
    watched += [ROOT / "requirements-dev.lock", Path(__file__)]
    state = sorted(f"{path}:{path.stat().st_mtime_ns}" for path in watched if path.is_file())
    return hashlib.sha256("\n".join([os.environ.get("DEMO", ""), *state]).encode()).hexdigest()


STAMP = stamp_of(os.environ.get("DATABASE_URL", ""))
FILES = Path(os.environ.get("VAR_DIR", ROOT / "var"), "static")
if STAMP is not None and STAMP.exists() and FILES.is_dir() and STAMP.read_text() == recipe():
    sys.exit(0)  # nothing has changed since: the second start does not even import the framework

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.dev")

import django  # noqa: E402

django.setup()

from django.conf import settings  # noqa: E402
from django.core.management import call_command, get_commands  # noqa: E402
from django.db import connection  # noqa: E402
from django.db.migrations.executor import MigrationExecutor  # noqa: E402

from accounts.demo import demo_accounts  # noqa: E402
from accounts.models import User  # noqa: E402


def main() -> None:
    migrate()
    collect_static_files()
    if settings.DEMO:
        load_demo()
        write_accounts(settings.VAR_DIR / "demo-accounts.txt")
    if STAMP is not None and STAMP.parent.is_dir():
        STAMP.write_text(recipe())


def migrate() -> None:
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        print("▸ 更新数据库结构", flush=True)
        call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)


def collect_static_files() -> None:
    stamp = settings.VAR_DIR / "stamps" / "static"
    files = sorted(path for path in (ROOT / "static").rglob("*") if path.is_file())
    state = [f"{path}:{path.stat().st_mtime_ns}" for path in [*files, ROOT / "requirements-dev.lock"]]
    digest = hashlib.sha256("\n".join(state).encode()).hexdigest()
    if stamp.exists() and stamp.read_text() == digest and settings.STATIC_ROOT.exists():
        return
    print("▸ 整理静态文件", flush=True)
    call_command("collectstatic", interactive=False, verbosity=0, clear=True)
    stamp.parent.mkdir(parents=True, exist_ok=True)
    stamp.write_text(digest)


def load_demo() -> None:
    is_empty = not User.objects.exists()
    if is_empty and "seed_demo" in get_commands():
        print("▸ 装入演示数据", flush=True)
        call_command("seed_demo", verbosity=0)


def write_accounts(path: Path) -> None:
    """The table that the supervisor prints: whom one can sign in as."""
    lines = [f"  {username:<12} {who}，{unit}" for username, who, unit in demo_accounts()]
    path.write_text("\n".join(lines))


if __name__ == "__main__":
    main()
