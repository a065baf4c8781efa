"""Each check says one sentence; a failure means exit code 1."""

import io
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from core import clock
from dashboard.operations import postgres, preflight
from dashboard.operations.preflight import Level
from deadlines.models import Holiday
from documents import fonts
from jobs.models import Heartbeat

GOOD = {"fsync": "on", "full_page_writes": "on", "synchronous_commit": "on", "data_checksums": "on"}


@pytest.fixture(autouse=True)
def _own_folders(tmp_path, settings):
    settings.MEDIA_ROOT, settings.STATIC_ROOT = tmp_path / "media", tmp_path / "static"


def test_this_server_is_of_a_tested_version():
    assert preflight.database_version().level == Level.OK


@pytest.mark.parametrize(("version", "level"), [(14, "fail"), (15, "ok"), (18, "ok"), (19, "fail")])
def test_versions_nobody_tested_fail(monkeypatch, version, level):
    monkeypatch.setattr(postgres, "major", lambda: version)

    assert preflight.database_version().level == level


@pytest.mark.parametrize(
    ("change", "level", "words"),
    [
        ({}, "ok", "正确"),
        ({"fsync": "off"}, "fail", "fsync 不是 on"),
        (
            {"synchronous_commit": "off", "full_page_writes": "off"},
            "fail",
            "full_page_writes、synchronous_commit",
        ),
        ({"data_checksums": "off"}, "warn", "校验和"),
    ],
)
def test_settings_that_lose_commits_fail(monkeypatch, change, level, words):
    monkeypatch.setattr(postgres, "settings", lambda: GOOD | change)
    found = preflight.durability()

    assert (found.level, words in found.sentence) == (level, True)


def test_the_server_is_really_asked():
    assert set(postgres.settings()) == set(GOOD)
    assert set(postgres.settings().values()) <= {"on", "off"}


@pytest.mark.parametrize(
    ("day", "level"), [((2026, 6, 1), "warn"), ((2025, 6, 1), "ok"), ((2031, 6, 1), "fail")]
)
def test_holidays_of_this_and_next_year(day, level):
    Holiday.objects.filter(day__year__gt=2026).delete()
    with clock.travel(date(*day)):
        assert preflight.holidays().level == level


def test_files_that_everybody_could_fetch_fail(settings):
    assert preflight.media().level == Level.OK
    settings.MEDIA_ROOT = Path(settings.STATIC_ROOT) / "media"

    assert preflight.media() == (
        Level.FAIL,
        "附件目录在网站的静态文件夹里，任何人都能下载。请把 MEDIA_ROOT 改到别处。",
    )


def test_a_key_file_that_others_may_read_fails(settings, tmp_path):
    settings.FIELD_KEYS_FILE = str(tmp_path / "keys.json")
    (tmp_path / "keys.json").write_text("{}")
    (tmp_path / "keys.json").chmod(0o644)

    assert preflight.key_file().level == Level.FAIL
    assert "chmod 0400" in preflight.key_file().sentence


@pytest.mark.parametrize(("days", "level"), [(None, "warn"), (3, "ok"), (8, "warn")])
def test_a_backup_older_than_a_week_is_mentioned(days, level):
    if days is not None:
        with clock.travel(clock.now() - timedelta(days=days)):
            Heartbeat.objects.beat("backup")

    assert preflight.last_backup().level == level


@pytest.mark.parametrize(
    ("is_demo", "may_create_keys", "level"),
    [(False, False, "ok"), (True, True, "warn"), (True, False, "fail")],
)
def test_demo_accounts_have_no_place_in_production(settings, is_demo, may_create_keys, level):
    settings.DEMO, settings.FIELD_KEYS_CREATE = is_demo, may_create_keys

    assert preflight.demo().level == level


def test_a_full_disk_fails(monkeypatch):
    usage = type("Usage", (), {"free": 1024, "used": 10**12, "total": 10**12})
    monkeypatch.setattr(preflight.shutil, "disk_usage", lambda path: usage)

    assert preflight.disk().level == Level.FAIL


def test_stand_in_fonts_are_mentioned(monkeypatch, tmp_path):
    monkeypatch.setattr(fonts, "folder", lambda: tmp_path)
    assert "还没准备" in preflight.paper_fonts().sentence
    (tmp_path / "fonts.conf").touch()
    monkeypatch.setattr(fonts, "stand_ins", lambda: ["仿宋"])

    assert preflight.paper_fonts().sentence.startswith("仿宋用的是替代字体")


def test_a_check_that_breaks_is_a_failure_and_not_the_end(monkeypatch):
    def broken():
        """坏的."""
        raise ZeroDivisionError

    monkeypatch.setattr(preflight, "CHECKS", [broken, preflight.time_zone])

    assert [found.level for found in preflight.findings()] == ["fail", "ok"]


@pytest.mark.parametrize(("level", "fails"), [("ok", False), ("warn", False), ("fail", True)])
def test_the_command_fails_when_a_check_does(monkeypatch, level, fails):
    monkeypatch.setattr(
        preflight, "CHECKS", [lambda: preflight.Finding(Level(level), "一句话。"), preflight.time_zone]
    )
    out = io.StringIO()
    if fails:
        with pytest.raises(CommandError, match="1 项不合格"):
            call_command("preflight", stdout=out)
    else:
        call_command("preflight", stdout=out)

    assert f"{level} 一句话。" in out.getvalue()
