import os
import signal
import socket
import sys
import time

import pytest

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
    assert "worker 意外退出，1 秒后重新启动" in capsys.readouterr().out


def test_a_process_that_dies_at_once_again_and_again_is_started_ever_more_slowly(child, monkeypatch):
    pauses, moment = [], [1000.0]
    monkeypatch.setattr(supervise.time, "monotonic", lambda: moment[0])
    for _ in range(7):
        child.started = moment[0]
        child.process.kill()
        child.process.wait()
        child.look_after()
        pauses.append(child.again_at - moment[0])
        moment[0] = child.again_at
        child.look_after()
    monkeypatch.undo()

    assert pauses == [1, 2, 4, 8, 16, 30, 30]


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
