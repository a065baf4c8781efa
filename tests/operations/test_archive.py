"""The backup file itself: whole or not there, and refused when its manifest disagrees."""

import tarfile

import pytest

from core.ciphers import Tampered
from dashboard.operations import archive


def written(path, **members):
    with archive.written(path) as writer:
        writer.add("database/00001", b"dump")
        for name, content in members.items():
            writer.add(f"media/{name}", content)
        writer.finish({"version": "1"})


def test_members_come_back_as_they_were_and_are_listed(tmp_path):
    written(tmp_path / "b", a=b"x" * 3_000_000)
    taken = {}

    made = archive.survey(
        tmp_path / "b", lambda name, piece: taken.update({name: taken.get(name, b"") + piece})
    )

    assert taken == {"database/00001": b"dump", "media/a": b"x" * 3_000_000}
    assert (made.facts["version"], made.count("media"), made.count("database")) == ("1", 1, 1)
    assert (tmp_path / "b").stat().st_mode & 0o777 == 0o600


def test_nothing_in_it_can_be_read_without_the_key(tmp_path):
    written(tmp_path / "b", a="王建国".encode())

    assert "王建国".encode() not in (tmp_path / "b").read_bytes()
    assert b"manifest" not in (tmp_path / "b").read_bytes()


def test_an_interrupted_backup_leaves_no_file(tmp_path):
    with pytest.raises(FileNotFoundError), archive.written(tmp_path / "b") as writer:
        writer.add_file("media/gone", tmp_path / "gone")

    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("spoil", "sentence"),
    [
        (lambda w: w.listed.pop("media/a"), "1 项与清单不符"),
        (lambda w: w.listed.update({"media/b": archive.Listed(1, "0")}), "1 项与清单不符"),
        (lambda w: w.listed.update({"media/a": archive.Listed(1, "0" * 64)}), "1 项与清单不符"),
    ],
)
def test_a_manifest_that_disagrees_is_refused(tmp_path, spoil, sentence):
    with archive.written(tmp_path / "b") as writer:
        writer.add("database/00001", b"dump")
        writer.add("media/a", b"x")
        spoil(writer)
        writer.finish({})

    with pytest.raises(Tampered, match=sentence):
        archive.survey(tmp_path / "b", lambda name, piece: None)


def test_a_backup_without_database_is_refused(tmp_path):
    with archive.written(tmp_path / "b") as writer:
        writer.finish({})

    with pytest.raises(Tampered, match="没有数据库"):
        archive.survey(tmp_path / "b", lambda name, piece: None)


@pytest.mark.parametrize("name", ["../outside", "/etc/passwd", "media/../../x", "media\\x"])
def test_names_that_lead_outside_are_refused(tmp_path, name):
    with archive.written(tmp_path / "b") as writer:
        writer.tar.addfile(tarfile.TarInfo(name))
        writer.finish({})

    with pytest.raises(Tampered, match="文件名"):
        archive.survey(tmp_path / "b", lambda name, piece: None)
