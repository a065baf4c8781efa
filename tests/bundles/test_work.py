"""The job behind a bundle: leases, cancel, failures, lost folders; nothing half is ever to be seen."""

import shutil
from datetime import timedelta

import pytest

from accounts.permissions import Role
from cases.bundles import actions, joining, keeping, making, tasks, work
from cases.models import Bundle, BundleFile
from core import clock
from core.refusals import Refused
from documents import reconcile
from tests.bundles.stage import a_group, batch, content_of, made


@pytest.fixture
def bundle(cast, monkeypatch):
    """Three papers to be made; the engine is replaced, what it prints has its own tests."""
    blank = joining.pdf_pages.blank_sheet()
    monkeypatch.setitem(making.MAKERS, Bundle.Kind.BATCH, lambda part: blank)
    monkeypatch.setattr(joining.sheets, "printed", lambda body, title: blank)
    return batch(a_group(cast, 3), cast.prosecutor)


def turn_of(bundle):
    return work._claim(Bundle.objects.select_related("job", "case__organisation").get(pk=bundle.pk))


def step(bundle, turn):
    return work._step(
        Bundle.objects.select_related("job__requested_by", "case__organisation").get(pk=bundle.pk), turn
    )


def state(bundle):
    bundle.refresh_from_db()
    bundle.job.refresh_from_db()
    return (bundle.job.status, bundle.job.done, bundle.files.count(), bundle.ended_at is not None)


def test_it_goes_on_behind_the_last_part_after_its_worker_died(bundle, monkeypatch):
    done = []
    blank = making.MAKERS[Bundle.Kind.BATCH]
    monkeypatch.setitem(
        making.MAKERS, Bundle.Kind.BATCH, lambda part: done.append(part.position) or blank(part)
    )
    turn = turn_of(bundle)
    step(bundle, turn)
    assert state(bundle) == ("running", 1, 0, False)
    assert work.work(str(bundle.pk)) is False  # the dead one's lease still runs

    with clock.travel(clock.now() + timedelta(seconds=46)):
        assert work.sweep() == 1
    assert done == [0, 1, 2]
    assert state(bundle) == ("done", 3, 2, True)


def test_a_worker_that_was_overtaken_moves_nothing(bundle):
    slow = turn_of(bundle)
    with clock.travel(clock.now() + timedelta(seconds=46)):
        quick = turn_of(bundle)
        step(bundle, quick)

    with pytest.raises(work.Overtaken):
        step(bundle, slow)
    assert state(bundle) == ("running", 1, 0, False)


def test_cancel_stops_before_the_next_part_and_leaves_nothing(
    bundle, cast, django_capture_on_commit_callbacks
):
    turn = turn_of(bundle)
    step(bundle, turn)
    assert keeping.folder_of(bundle.pk).exists()
    with django_capture_on_commit_callbacks(execute=True):
        actions.cancel(bundle, by=cast.assistant)

    with pytest.raises(work.Overtaken):
        step(bundle, turn)
    assert state(bundle) == ("cancelled", 1, 0, True)
    assert bundle.job.text == "王助理 取消了生成，没有留下文件。"
    assert not keeping.folder_of(bundle.pk).exists()
    with pytest.raises(Refused, match="已取消，不能取消"):
        actions.cancel(bundle, by=cast.assistant)


def test_cancel_while_a_part_is_being_made_wins(bundle, cast, monkeypatch):
    blank = making.MAKERS[Bundle.Kind.BATCH]

    def slow(part):
        actions.cancel(Bundle.objects.get(pk=bundle.pk), by=cast.prosecutor)
        return blank(part)

    monkeypatch.setitem(making.MAKERS, Bundle.Kind.BATCH, slow)
    assert work.work(str(bundle.pk)) is False
    assert state(bundle) == ("cancelled", 0, 0, True)


def test_a_cancel_at_the_very_end_leaves_no_file(bundle, cast, monkeypatch, settings):
    real = joining.joined

    def then_cancelled(found):
        actions.cancel(Bundle.objects.get(pk=bundle.pk), by=cast.prosecutor)
        return real(found)

    monkeypatch.setattr(joining, "joined", then_cancelled)
    work.work(str(bundle.pk))

    assert state(bundle) == ("cancelled", 3, 0, True)
    assert [path for path in (settings.MEDIA_ROOT / "bundles").rglob(f"{bundle.pk}*")] == []


def test_a_part_that_fails_is_tried_three_times_and_said_without_its_words(bundle, monkeypatch, caplog):
    def broken(part):
        raise ValueError("王建国 150902198503020000")

    monkeypatch.setitem(making.MAKERS, Bundle.Kind.BATCH, broken)
    for _ in range(4):
        work.sweep()

    assert state(bundle) == ("failed", 0, 0, True)
    assert bundle.job.text == "第 1 件没有完成（ValueError），请把这句话告诉系统管理员。"
    assert "王建国" not in caplog.text


def test_a_lost_folder_is_made_again(bundle):
    turn = turn_of(bundle)
    for _ in range(3):
        step(bundle, turn)
    shutil.rmtree(keeping.folder_of(bundle.pk))
    with clock.travel(clock.now() + timedelta(seconds=46)):
        work.work(str(bundle.pk))

    assert state(bundle) == ("done", 3, 2, True)


def test_whoever_may_no_longer_work_on_the_case_gets_nothing(bundle, cast):
    cast.prosecutor.role = Role.AUDITOR
    cast.prosecutor.save(update_fields=["role"])
    work.work(str(bundle.pk))

    assert state(bundle) == ("failed", 0, 0, True)
    assert bundle.job.text == "发起人已不能办理本案，没有生成。"


def test_the_task_takes_a_number_and_may_run_twice(bundle):
    tasks.make(str(bundle.pk))
    tasks.make(str(bundle.pk))

    assert state(bundle) == ("done", 3, 2, True)


def test_files_are_forgotten_after_thirty_days(bundle, django_capture_on_commit_callbacks):
    made(bundle)
    path = keeping.private_files().path(bundle.files.get(kind="pdf").file.name)
    with clock.travel(clock.now() + timedelta(days=29)):
        assert keeping.forget_old() == 0
    with clock.travel(clock.now() + timedelta(days=31)), django_capture_on_commit_callbacks(execute=True):
        assert keeping.forget_old() == 1

    assert not keeping.private_files().exists(path)
    assert BundleFile.objects.filter(bundle=bundle).exclude(removed_at=None).count() == 2
    assert not [each for each in reconcile.findings() if "成批文件" in each]


def test_parts_of_what_is_over_are_swept(bundle):
    turn = turn_of(bundle)
    step(bundle, turn)
    Bundle.objects.filter(pk=bundle.pk).update(ended_at=clock.now())
    keeping.forget_old()

    assert not keeping.folder_of(bundle.pk).exists()


def test_the_first_read_of_a_claim_locks_the_job(bundle, django_assert_max_num_queries):
    with django_assert_max_num_queries(8) as queries:
        turn_of(bundle)
    reads = [each["sql"] for each in queries.captured_queries if 'FROM "jobs_job"' in each["sql"]]
    assert "FOR UPDATE" in reads[0]
    assert "SKIP LOCKED" in reads[0]


def test_the_case_is_locked_before_anything_is_asked(cast, django_assert_max_num_queries):
    case = a_group(cast, 1)
    with django_assert_max_num_queries(60) as queries:
        batch(case, cast.prosecutor)
    reads = [each["sql"] for each in queries.captured_queries if '"cases_case"' in each["sql"]]
    assert "FOR UPDATE" in reads[0]


def test_what_is_kept_opens_again_to_the_byte(bundle):
    content = bytes(range(256)) * 9000
    keeping.put_part(bundle.pk, 0, content)
    assert keeping.part_of(bundle.pk, 0) == content
    assert content[:64] not in (keeping.folder_of(bundle.pk) / "0").read_bytes()
    made(bundle)
    assert content_of(bundle).startswith(b"%PDF")
