"""A constraint that refuses says why."""

import pytest
from django.db import IntegrityError, transaction

from core import constraints
from jobs.models import Job, SubmissionKey
from tests.accounts.factories import UserFactory


def refusal(make):
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        make()
    return constraints.sentence_for(caught.value)


def test_every_constraint_of_ours_has_a_sentence():
    assert constraints.without_sentence() == []


def test_a_violated_constraint_is_translated(prosecutor):
    SubmissionKey.objects.create(user=prosecutor, action="a", key="k")

    assert refusal(lambda: SubmissionKey.objects.create(user=prosecutor, action="a", key="k")) == (
        "这份表单已提交过。"
    )
    assert refusal(
        lambda: Job.objects.create(
            kind="import", organisation=prosecutor.organisation, requested_by=prosecutor, done=2, total=1
        )
    ) == ("已处理的数量不能超过总数。")


def test_a_registered_sentence_wins_and_names_unique_columns_too(prosecutor, monkeypatch):
    monkeypatch.setattr(constraints, "_registered", {})
    constraints.register({"accounts_user_username_key": "用户名已有人使用，请换一个。"})
    again = UserFactory.build(username=prosecutor.username, organisation=prosecutor.organisation)

    assert refusal(again.save) == "用户名已有人使用，请换一个。"


def test_an_unknown_constraint_has_no_sentence():
    assert constraints.sentence_for(IntegrityError("?")) is None
