"""Two people at one case at the same moment, on a real database."""

import pytest

from cases.bundles import actions
from cases.models import Bundle, BundlePart
from jobs.models import Job
from tests.bundles.stage import a_group, batch
from tests.racing import race

pytestmark = [pytest.mark.concurrency, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def _nobody_works(monkeypatch):
    monkeypatch.setattr("cases.bundles.tasks.make.delay_on_commit", lambda *args: None)


def test_two_people_who_ask_for_the_same_batch_get_the_same(cast):
    case = a_group(cast, 2)
    people = [cast.prosecutor, cast.assistant, cast.clerk]

    assert race(*(lambda by=by: batch(case, by) for by in people)) == ["done"] * 3
    assert (Bundle.objects.count(), Job.objects.count(), BundlePart.objects.count()) == (1, 1, 2)


def test_of_two_different_batches_one_is_told_to_wait(cast):
    case = a_group(cast, 1)
    asked = [(cast.prosecutor, ["evidence_list"]), (cast.assistant, ["contact_confirmation"])]
    answers = race(*(lambda by=by, keys=keys: batch(case, by, keys) for by, keys in asked))

    assert sorted(each == "done" for each in answers) == [False, True]
    assert any("发起的还没完成。本案正在生成同样的文件" in each for each in answers)


def test_two_who_cancel_cancel_once(cast):
    bundle = batch(a_group(cast, 1), cast.prosecutor)
    people = [cast.prosecutor, cast.assistant]
    answers = race(*(lambda by=by: actions.cancel(bundle, by=by) for by in people))

    assert sorted(each == "done" for each in answers) == [False, True]
    assert Job.objects.get().status == "cancelled"
