"""/healthz and /readyz."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from core import clock
from jobs import probes
from jobs.models import Heartbeat
from tests.jobs.factories import HeartbeatFactory


@pytest.fixture(autouse=True)
def _own_probes(monkeypatch, tmp_path, settings):
    monkeypatch.setattr(probes, "_registered", {})
    probes.register_own()
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def _alive():
    HeartbeatFactory(name="worker")
    HeartbeatFactory(name="beat")


def bad(client):
    """Sentences of /readyz by probe, and that the status says the same."""
    response = client.get("/readyz")
    found = {each["name"]: each["sentence"] for each in response.json()["checks"] if each["ok"] is False}
    assert response.status_code == (503 if found else 200)
    assert response.json()["status"] == ("bad" if found else "ok")
    return found


def test_a_living_process_says_so_without_the_database(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        response = client.get("/healthz")

    assert (response.status_code, response.json()) == (200, {"status": "ok"})


@pytest.mark.usefixtures("_alive")
def test_all_is_well(client):
    assert bad(client) == {}
    assert [each["label"] for each in client.get("/readyz").json()["checks"]] == [
        "数据库",
        "数据库变更",
        "附件目录",
        "后台任务",
        "定时器",
    ]


def test_nobody_at_work_yet(client):
    assert bad(client) == {
        "worker": "后台任务还没有启动过，期限提醒不会发出。",
        "scheduler": "定时器还没有启动过，期限提醒不会发出。",
    }


@pytest.mark.usefixtures("_alive")
def test_a_worker_that_fell_silent(client):
    Heartbeat.objects.filter(name="worker").update(beat_at=clock.now() - timedelta(minutes=7))

    assert bad(client) == {"worker": "后台任务已有 7 分钟没有动静，期限提醒可能没有发出。"}


@pytest.mark.usefixtures("_alive")
def test_migrations_that_wait(client, monkeypatch):
    monkeypatch.setattr(MigrationExecutor, "migration_plan", lambda self, targets: ["one", "two"])

    assert bad(client) == {"migrations": "有 2 项数据库变更没有执行，请运行 manage.py migrate。"}


@pytest.mark.usefixtures("_alive")
def test_a_folder_that_cannot_be_written(client, settings, tmp_path):
    (tmp_path / "media").write_text("a file, not a folder")

    assert bad(client) == {"storage": "附件目录写不进去，请检查磁盘空间和权限。"}


def test_a_database_that_is_gone_is_said_without_its_address(monkeypatch):
    def refuse(*args):
        raise DatabaseError("password=secret")

    with monkeypatch.context() as patch:
        patch.setattr(connection, "cursor", refuse)
        assert probes.database() == "连不上数据库。"


@pytest.mark.usefixtures("_alive")
def test_an_owners_probe_is_asked_too_and_a_broken_one_is_bad_news(client, caplog):
    probes.register("reminders", "提醒", lambda: "最早一条未发提醒已等 3 小时。")
    probes.register("broken", "坏的", lambda: 1 / 0)

    assert bad(client) == {
        "reminders": "最早一条未发提醒已等 3 小时。",
        "broken": "检查没有完成，原因见日志。",
    }
    assert "就绪检查 broken 出错" in caplog.text


def test_a_database_that_is_gone_is_one_sentence_and_what_does_not_need_it_is_still_asked(
    client, monkeypatch, settings, tmp_path
):
    def refuse(*args):
        raise DatabaseError("refused")

    (tmp_path / "media").write_text("a file, not a folder")
    probes.register("owner", "提醒", lambda: "问了也是白问。")
    with monkeypatch.context() as patch:
        patch.setattr(connection, "cursor", refuse)
        found = bad(client)
        checks = client.get("/readyz").json()["checks"]

    assert found == {"database": "连不上数据库。", "storage": "附件目录写不进去，请检查磁盘空间和权限。"}
    assert {each["name"]: (each["ok"], each["sentence"]) for each in checks if each["ok"] is None} == {
        name: (None, "") for name in ("migrations", "worker", "scheduler", "owner")
    }


@pytest.mark.usefixtures("_alive")
def test_what_breaks_for_want_of_a_migration_is_not_told_again(client, monkeypatch):
    monkeypatch.setattr(MigrationExecutor, "migration_plan", lambda self, targets: ["one"])
    probes.register("broken", "坏的", lambda: 1 / 0)

    assert bad(client) == {"migrations": "有 1 项数据库变更没有执行，请运行 manage.py migrate。"}


def test_worker_and_scheduler_are_told_apart_when_both_fell_silent(client):
    HeartbeatFactory(name="worker", beat_at=clock.now() - timedelta(minutes=7))
    HeartbeatFactory(name="beat", beat_at=clock.now() - timedelta(minutes=9))

    assert bad(client) == {
        "worker": "后台任务已有 7 分钟没有动静，期限提醒可能没有发出。",
        "scheduler": "定时器已有 9 分钟没有动静，期限提醒可能没有发出。",
    }


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_health_is_only_read(client, path):
    assert client.post(path).status_code == 405
