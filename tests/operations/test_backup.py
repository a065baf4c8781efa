"""There and back: cases, an upload and the log, from one database into another."""

import io
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from audit.log import record
from cases.models import Case, Person
from core.refusals import Refused
from dashboard.operations import postgres
from documents.models import Attachment
from documents.uploads import accept_upload
from jobs.models import Heartbeat
from tests.cases.factories import CaseFactory, ClaimantFactory
from tests.hostile import files
from tests.operations.elsewhere import elsewhere

pytestmark = [pytest.mark.concurrency, pytest.mark.django_db(transaction=True)]


def said(command, *arguments, **options):
    out = io.StringIO()
    call_command(command, *map(str, arguments), stdout=out, stderr=out, **options)
    return out.getvalue()


@pytest.fixture
def _office_at_work(tmp_path, settings, prosecutor):
    settings.MEDIA_ROOT = tmp_path / "here" / "media"
    settings.AUDIT_ANCHOR_FILE = str(tmp_path / "here" / "anchor.jsonl")
    case = CaseFactory(handler=prosecutor, review=True)
    ClaimantFactory(case=case)
    photo = files.upload("欠条.jpg", files.picture())
    accept_upload(photo, organisation=prosecutor.organisation, by=prosecutor)
    record(prosecutor, "reveal", "150902-2026-0001")


@pytest.mark.usefixtures("_office_at_work")
def test_everything_comes_back_on_another_machine(tmp_path):
    number, digest = Person.objects.get().id_number, Attachment.objects.get().sha256
    told = said("backup", tmp_path / "b")

    assert "含 1 个文件" in told
    assert "不在备份里" in told
    assert Heartbeat.objects.seen("backup")
    assert "备份完整" in said("restore", tmp_path / "b", check=True)
    with elsewhere(tmp_path / "there"):
        told = said("restore", tmp_path / "b")
        assert [line for line in told.splitlines() if "完整" in line or "相符" in line] == [
            "回款台账相符。",
            "操作日志完整。",
            "文件与数据库相符。",
        ]
        assert Person.objects.get().id_number == number
        assert (Case.objects.count(), Attachment.objects.get().sha256) == (1, digest)


@pytest.mark.usefixtures("_office_at_work")
def test_a_database_with_data_is_replaced_only_by_its_name(tmp_path):
    said("backup", tmp_path / "b")
    with elsewhere(tmp_path / "there") as name:
        said("restore", tmp_path / "b")
        Case.objects.update(title="后来改的")
        for wrong in ({}, {"replace": "yes"}):
            with pytest.raises(CommandError, match=f"--replace {name}"):
                said("restore", tmp_path / "b", **wrong)
        assert Case.objects.get().title == "后来改的"

        told = said("restore", tmp_path / "b", replace=name)
        assert Case.objects.get().title != "后来改的"
        assert "原有文件移到了" in told


@pytest.mark.usefixtures("_office_at_work")
def test_a_tampered_backup_changes_nothing(tmp_path):
    said("backup", tmp_path / "b")
    whole = (tmp_path / "b").read_bytes()
    (tmp_path / "cut").write_bytes(whole[:-20])
    (tmp_path / "bent").write_bytes(whole[:5000] + bytes([whole[5000] ^ 1]) + whole[5001:])
    with elsewhere(tmp_path / "there"):
        for name in ("cut", "bent"):
            with pytest.raises(CommandError, match="备份不能用"):
                said("restore", tmp_path / name)
            with pytest.raises(CommandError, match="备份不能用"):
                said("restore", tmp_path / name, check=True)
        assert connection.introspection.table_names() == []
        assert [path for path in (tmp_path / "there").rglob("*") if path.is_file()] == []


@pytest.mark.usefixtures("_office_at_work")
def test_a_restore_that_breaks_off_leaves_the_database_as_it_was():
    parts = list(postgres.dump())
    half = parts[0][: len(parts[0]) // 2]
    connection.close()

    def break_off(feed):
        feed(half)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError), postgres.replacing() as feed:
        break_off(feed)
    with pytest.raises(Refused, match="pg_restore 没有完成"), postgres.replacing() as feed:
        feed(half)

    assert (Case.objects.count(), Person.objects.count()) == (1, 1)


@pytest.mark.usefixtures("_office_at_work")
def test_a_backup_overwrites_nothing_and_names_itself_in_a_folder(tmp_path):
    (tmp_path / "b").write_text("older")
    with pytest.raises(CommandError, match="已存在"):
        said("backup", tmp_path / "b")
    said("backup", tmp_path)

    assert (tmp_path / "b").read_text() == "older"
    assert [path.suffix for path in tmp_path.glob("zhichi-*")] == [".backup"]


def test_programs_that_still_work_with_the_database_are_noticed(monkeypatch):
    monkeypatch.setattr(postgres, "others_connected", lambda: 3)
    name = connection.settings_dict["NAME"]

    with pytest.raises(CommandError, match="还有 3 个程序"):
        said("restore", Path(__file__), replace=name)
