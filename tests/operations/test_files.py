"""verify_files: each planted fault is reported, and nothing else (T61)."""

import os
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from core import clock
from documents import reconcile
from documents.uploads import accept_upload
from tests.hostile import files


@pytest.fixture
def stored(tmp_path, settings, prosecutor):
    """Two uploads, each with the path of its file."""
    settings.MEDIA_ROOT = tmp_path / "media"
    made = [
        accept_upload(
            files.upload(f"{n}.jpg", files.picture()), organisation=prosecutor.organisation, by=prosecutor
        )
        for n in range(2)
    ]
    return [(each, Path(each.file.path)) for each in made]


def plant(path, age=timedelta(hours=2)):
    path.write_bytes(b"nobody's")
    then = (clock.now() - age).timestamp()
    os.utime(path, (then, then))


def test_files_and_rows_that_agree(stored, capsys):
    call_command("verify_files")

    assert capsys.readouterr().out == "文件与数据库相符。\n"


def test_a_missing_file_is_reported_by_its_row(stored):
    attachment, path = stored[0]
    path.unlink()

    assert list(reconcile.findings()) == [f"缺少文件：附件 {attachment.pk}，应在 {attachment.file.name}。"]


def test_a_changed_file_is_reported(stored):
    attachment, path = stored[1]
    path.write_bytes(path.read_bytes() + b" ")

    assert list(reconcile.findings()) == [f"文件被改动：附件 {attachment.pk}，内容与登记的 SHA-256 不符。"]


def test_an_orphan_is_reported_once_it_cannot_belong_to_an_open_transaction(stored):
    _, path = stored[0]
    plant(path.with_name("orphan.pdf"))
    plant(path.with_name("just-now.pdf"), timedelta(minutes=5))
    plant(path.with_name(".part-unfinished"))
    folder = path.parent.name

    assert list(reconcile.findings()) == [f"多余文件：attachments/{folder}/orphan.pdf 在库里没有登记。"]


def test_the_command_says_how_many_and_fails(stored, capsys):
    for _, path in stored:
        path.unlink()

    with pytest.raises(CommandError, match="有 2 处不符"):
        call_command("verify_files")
    assert capsys.readouterr().err.count("缺少文件") == 2
