import os
import shutil
import signal
import socket
import sys
import tempfile
import time
from pathlib import Path
from types import SimpleNamespace

import pytest

from config.embedded import Cluster
from scripts import supervise
from scripts.supervise import Child

STUBBORN = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('up', flush=True); time.sleep(60)"


def _wait(until, seconds=5.0):
    end = time.monotonic() + seconds
    while not until() and time.monotonic() < end:
        time.sleep(0.02)
    assert until()


@pytest.fixture
def child(tmp_path):
    made = Child("worker", [sys.executable, "-c", "import time; time.sleep(60)"], tmp_path / "worker.log")
    made.start()
    yield made
    made.ask_to_stop()
    made.make_sure_it_stopped(time.monotonic() + 2)


@pytest.mark.kill
def test_a_process_that_dies_is_started_again_after_a_pause(child, capsys):
    first = child.process.pid
    os.kill(first, signal.SIGKILL)
    _wait(lambda: child.process is None or child.look_after() or child.process is None)

    _wait(lambda: child.look_after() or child.process is not None)

    assert child.process.pid != first
    assert "后台任务意外退出，1 秒后重新启动" in capsys.readouterr().out


def test_a_process_that_dies_at_once_is_started_ever_more_slowly_and_given_up_at_last(child, monkeypatch):
    pauses, moment = [], [1000.0]
    monkeypatch.setattr(supervise.time, "monotonic", lambda: moment[0])

    def die():
        child.patience.started = moment[0]
        child.process.kill()
        child.process.wait()
        child.look_after()

    for _ in range(6):
        die()
        pauses.append(child.patience.again_at - moment[0])
        moment[0] = child.patience.again_at
        child.look_after()
    with pytest.raises(
        supervise.GaveUp, match="后台任务连续 6 次重新启动都没有成功，系统已停止。请查看日志："
    ):
        die()
    monkeypatch.undo()

    assert pauses == [1, 2, 4, 8, 16, 30]


def test_a_process_that_lasted_starts_with_fresh_patience(child, monkeypatch):
    child.patience.failures = 6
    child.patience.started = time.monotonic() - supervise.STEADY
    child.process.kill()
    child.process.wait()

    child.look_after()

    assert child.patience.failures == 1


@pytest.fixture(scope="module")
def cluster():
    """A real PostgreSQL of its own, in a folder that its user may enter."""
    folder = Path(tempfile.mkdtemp(prefix="zhichi-test-", dir="/var/tmp"))
    folder.chmod(0o755)
    made = Cluster(folder / "postgres", say=list)
    made.start()
    yield made
    made.stop()
    shutil.rmtree(folder)


@pytest.fixture
def database(cluster, monkeypatch):
    """The same, up and watched without a pause between two looks."""
    monkeypatch.setattr(supervise, "LOOK_EVERY", 0)
    if not cluster.answers():
        cluster.restart()
    return supervise.Database(cluster)


def _kill(cluster):
    postmaster = int((cluster.home / "postmaster.pid").read_text().split()[0])
    os.kill(postmaster, signal.SIGKILL)
    _wait(lambda: not cluster.answers())


def _is_up_again(database):
    database.look_after()
    return database.is_up and database.cluster.answers()


@pytest.mark.kill
def test_a_database_that_is_killed_is_noticed_and_started_again(database, capsys):
    database.look_after()
    assert database.is_up
    _kill(database.cluster)

    database.look_after()
    noticed = database.is_up
    _wait(lambda: _is_up_again(database), 20)

    said = capsys.readouterr().out
    assert not noticed
    assert said.startswith("✗ 数据库停了，网页暂时打不开；1 秒后重新启动。日志：")
    assert said.endswith("✓ 数据库已重新启动。\n")


@pytest.mark.kill
def test_a_database_without_its_socket_is_started_again(database):
    (database.cluster.home / ".s.PGSQL.5432").unlink()

    database.look_after()
    _wait(lambda: _is_up_again(database), 20)


@pytest.mark.kill
def test_a_database_that_cannot_be_started_is_given_up(database, monkeypatch, capsys):
    at_once = property(lambda self: 0, lambda self, value: None)
    monkeypatch.setattr(supervise.Patience, "again_at", at_once, raising=False)
    _kill(database.cluster)
    control = database.cluster.home / "global" / "pg_control"
    away = control.rename(control.with_suffix(".away"))

    for _ in range(supervise.MOST_FAILURES):
        database.look_after()
    with pytest.raises(
        supervise.GaveUp, match=r"数据库连续 6 次重新启动都没有成功，系统已停止。请查看日志：.*server\.log"
    ):
        database.look_after()
    away.rename(control)

    assert "✗ 数据库没有启动起来（" in capsys.readouterr().out


def test_giving_up_stops_everything_and_says_so(tmp_path, monkeypatch, capsys):
    supervisor = supervise.Supervisor(tmp_path, 0)
    monkeypatch.setattr(supervisor, "start", lambda: None)
    monkeypatch.setattr(supervisor, "database", SimpleNamespace(look_after=give_up, is_up=False))
    monkeypatch.setattr(supervise.signal, "signal", lambda number, act: None)

    assert supervisor.run() == 1
    assert capsys.readouterr().err == "✗ 数据库起不来。\n"


def give_up():
    raise supervise.GaveUp("数据库起不来。")


@pytest.mark.kill
def test_a_process_that_does_not_listen_is_ended(tmp_path):
    log = tmp_path / "log"
    child = Child("web", [sys.executable, "-c", STUBBORN], log)
    child.start()
    _wait(lambda: log.read_text() == "up\n")

    child.ask_to_stop()
    child.make_sure_it_stopped(time.monotonic() + 0.3)

    assert child.process.returncode == -signal.SIGKILL


def test_a_taken_port_is_named_with_a_free_one_to_try(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]

        sentence = supervise.why_not_start(tmp_path, port)

    assert sentence == f"端口 {port} 已被占用。请换一个端口：PORT={port + 1} make run"


def test_a_second_start_in_the_same_folder_is_refused(tmp_path):
    assert supervise.why_not_start(tmp_path, 0) == ""

    assert supervise.why_not_start(tmp_path, 0).startswith("本目录的系统已在运行")


def test_the_secret_is_made_once_and_is_for_its_owner_only(tmp_path, monkeypatch):
    monkeypatch.delenv("SECRET_KEY", raising=False)
    supervise.make_folders_and_secret(tmp_path)
    first = (tmp_path / "secret-key").read_text()

    supervise.make_folders_and_secret(tmp_path)

    assert (tmp_path / "secret-key").read_text() == first
    assert (len(first) > 50, (tmp_path / "secret-key").stat().st_mode & 0o077) == (True, 0)
