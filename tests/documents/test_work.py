import hashlib
from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.db import DatabaseError, IntegrityError, transaction

from core import clock
from documents import tasks, work
from documents.models import Rendition
from documents.models.rendition import MAX_ATTEMPTS
from documents.storage import WholeFileStorage
from jobs import leases
from tests.documents.factories import RenditionFactory


@pytest.fixture
def rendition(monkeypatch):
    """A row to be done; the engine is replaced, geometry has its own tests."""
    monkeypatch.setattr(work, "make", lambda version: b"%PDF-stub")
    return RenditionFactory()


@pytest.fixture
def broken(monkeypatch):
    def make(version):
        raise ValueError("王建国 150902198503020000")

    monkeypatch.setattr(work, "make", make)


def kept_files(settings):
    return sorted(path.name for path in (settings.MEDIA_ROOT / "renditions").rglob("*") if path.is_file())


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def test_render_makes_the_file_and_notes_its_hash(rendition, settings):
    assert work.render(rendition.pk) is True

    rendition.refresh_from_db()
    with rendition.file.open() as stored:
        content = stored.read()
    assert (rendition.state, rendition.lease_until, rendition.attempts) == ("done", None, 1)
    assert (rendition.sha256, rendition.size) == (hashlib.sha256(content).hexdigest(), len(content))
    assert kept_files(settings) == [f"{rendition.version_id}-1.pdf"]


def test_a_second_call_makes_nothing(rendition):
    work.render(rendition.pk)

    assert tasks.render(rendition.pk) is False
    rendition.refresh_from_db()
    assert rendition.attempts == 1


def test_a_row_under_lease_is_left_alone_until_the_lease_is_over(rendition):
    claimed = work.claim(rendition.pk)

    assert work.render(rendition.pk) is False
    with clock.travel(clock.now() + timedelta(seconds=46)):
        assert work.render(rendition.pk) is True
    assert work._finish(claimed, b"too late") is False


def test_a_worker_that_was_overtaken_removes_its_own_file(rendition, settings):
    slow = work.claim(rendition.pk)
    with clock.travel(clock.now() + timedelta(seconds=46)):
        work.render(rendition.pk)

    assert work._finish(slow, b"too late") is False
    assert kept_files(settings) == [f"{rendition.version_id}-2.pdf"]


def test_what_a_killed_worker_left_on_disk_is_removed(rendition, settings):
    work.claim(rendition.pk)
    work.private_files().save(work._path(rendition, 1), ContentFile(b"orphan"))

    with clock.travel(clock.now() + timedelta(seconds=46)):
        assert work.sweep() == 1
    assert kept_files(settings) == [f"{rendition.version_id}-2.pdf"]


def test_the_lease_is_renewed_while_the_work_runs(rendition, monkeypatch):
    kept = []
    monkeypatch.setattr(work, "RENEW_EVERY", 0.01)
    monkeypatch.setattr(
        leases, "_keep", lambda stop, rows, lease, every: kept.append((rows.args[0].pk, every, stop.wait(5)))
    )

    work.render(rendition.pk)

    assert kept == [(rendition.pk, 0.01, True)]


def test_sweep_finds_what_the_broker_lost(rendition):
    others = RenditionFactory.create_batch(2)

    assert work.sweep() == 3
    assert {r.state for r in Rendition.objects.filter(pk__in=[rendition.pk, *(o.pk for o in others)])} == {
        "done"
    }
    assert work.sweep() == 0


def test_a_failure_is_kept_without_personal_data_and_tried_again(rendition, broken, caplog):
    assert work.render(rendition.pk) is False

    rendition.refresh_from_db()
    assert (rendition.state, rendition.error) == ("waiting", "排版没有完成（ValueError）。")
    assert "王建国" not in caplog.text
    assert work.render(rendition.pk) is False
    rendition.refresh_from_db()
    assert rendition.attempts == 2


def test_after_five_tries_it_is_given_up_and_says_so(rendition, broken):
    for _ in range(MAX_ATTEMPTS + 2):
        work.sweep()

    rendition.refresh_from_db()
    assert (rendition.attempts, rendition.state) == (MAX_ATTEMPTS, "failed")


def test_claiming_skips_what_another_transaction_holds(rendition, django_assert_max_num_queries):
    with django_assert_max_num_queries(4) as queries:
        work.claim(rendition.pk)

    assert "FOR UPDATE OF" in queries.captured_queries[1]["sql"]
    assert "SKIP LOCKED" in queries.captured_queries[1]["sql"]


def test_the_database_wants_one_row_a_version_and_format(rendition):
    with pytest.raises(IntegrityError, match="rendition_is_made_once"), transaction.atomic():
        RenditionFactory(version=rendition.version)


def test_a_finished_file_cannot_be_replaced(rendition):
    work.render(rendition.pk)

    with pytest.raises(DatabaseError, match="已生成的文书文件不能改。"), transaction.atomic():
        Rendition.objects.update(sha256="0" * 64)


def test_a_broker_that_is_down_does_not_break_the_request(
    rendition, monkeypatch, django_capture_on_commit_callbacks
):
    def down(rendition_id):
        raise ConnectionError

    monkeypatch.setattr(tasks.render, "delay", down)
    with django_capture_on_commit_callbacks(execute=True):
        tasks.render.delay_on_commit(rendition.pk)

    assert rendition.state == "waiting"


def test_a_disk_that_takes_no_file_stops_no_other_paper(rendition, monkeypatch):
    def full(*args, **kwargs):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(WholeFileStorage, "_save", full)

    assert work.sweep() == 0
    rendition.refresh_from_db()
    assert rendition.error == "排版没有完成（OSError）。"
    assert rendition.lease_until is None
