"""A form that comes twice does its work once."""

import threading
from datetime import timedelta

import pytest
from django.db import connection, transaction

from core import clock
from core.refusals import Refused
from jobs import submissions
from jobs.models import SubmissionKey
from notifications.models import Notification
from tests.jobs.factories import SubmissionKeyFactory

KEY = "11111111-1111-4111-8111-111111111111"


def worker_for(user, done):
    """Work that leaves a row and says where it led."""

    def work():
        notice = Notification.objects.create(recipient=user, key=f"made-{len(done)}", title="一", url="/")
        done.append(notice.pk)
        return f"/referrals/{notice.pk}/"

    return work


def test_the_second_submission_is_shown_the_first_ones_result(prosecutor):
    done = []
    work = worker_for(prosecutor, done)

    first, second = (submissions.once(KEY, by=prosecutor, action="a", work=work) for _ in range(2))

    assert first == second == f"/referrals/{done[0]}/"
    assert len(done) == 1


def test_other_people_actions_and_keys_are_other_submissions(prosecutor, clerk):
    done = []
    for user, action, key in [(prosecutor, "a", KEY), (clerk, "a", KEY), (prosecutor, "b", KEY)]:
        submissions.once(key, by=user, action=action, work=worker_for(user, done))
    submissions.once("another", by=prosecutor, action="a", work=worker_for(prosecutor, done))

    assert len(done) == 4


def test_a_refused_submission_may_come_again(prosecutor):
    def refuse():
        raise Refused("还没填用人单位。")

    with pytest.raises(Refused):
        submissions.once(KEY, by=prosecutor, action="a", work=refuse)

    done = []
    submissions.once(KEY, by=prosecutor, action="a", work=worker_for(prosecutor, done))
    assert len(done) == 1


@pytest.mark.django_db(transaction=True)
def test_a_key_is_claimed_only_inside_a_transaction(prosecutor):
    with pytest.raises(RuntimeError, match="transaction"):
        submissions.claim(KEY, by=prosecutor, action="a")


def test_a_claim_says_whether_it_is_a_repeat(prosecutor):
    first = submissions.claim(KEY, by=prosecutor, action="a")
    first.finish("/referrals/1/")
    second = submissions.claim(KEY, by=prosecutor, action="a")

    assert (first.is_repeat, second.is_repeat) == (False, True)
    assert second.result_url == "/referrals/1/"


def test_old_keys_are_forgotten():
    old, new = SubmissionKeyFactory.create_batch(2)
    SubmissionKey.objects.filter(pk=old.pk).update(created_at=clock.now() - timedelta(days=31))

    assert submissions.forget_old() == 1
    assert list(SubmissionKey.objects.all()) == [new]


def in_parallel(count, work):
    """Run `work` in threads that start together, each with its own connection; returns what they return."""
    start, results = threading.Barrier(count), []

    def run():
        try:
            start.wait(timeout=30)
            results.append(work())
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return results


@pytest.mark.concurrency
@pytest.mark.django_db(transaction=True)
def test_twenty_parallel_posts_do_the_work_once_and_all_see_its_result(prosecutor):
    done = []
    work = worker_for(prosecutor, done)

    urls = in_parallel(20, lambda: submissions.once(KEY, by=prosecutor, action="a", work=work))

    assert urls == [f"/referrals/{Notification.objects.get().pk}/"] * 20
    assert len(done) == 1


@pytest.mark.concurrency
@pytest.mark.django_db(transaction=True)
def test_when_the_first_fails_one_of_the_waiting_does_the_work(prosecutor):
    attempts = []
    work = worker_for(prosecutor, [])

    def fail_at_first():
        attempts.append(1)
        if len(attempts) <= 3:
            raise Refused("网络断开。")
        return work()

    def submit():
        try:
            return submissions.once(KEY, by=prosecutor, action="a", work=fail_at_first)
        except Refused:
            return "refused"

    urls = in_parallel(8, submit)

    made = f"/referrals/{Notification.objects.get().pk}/"
    assert sorted(urls) == sorted([made] * 5 + ["refused"] * 3)
    assert len(attempts) == 4


def test_the_claim_is_undone_with_the_work(prosecutor):
    with transaction.atomic():
        submissions.claim(KEY, by=prosecutor, action="a").finish("/x/")
        transaction.set_rollback(True)

    assert not SubmissionKey.objects.exists()
