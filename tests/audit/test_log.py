"""The log: what gets in, and that nothing gets out again."""

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import RequestFactory

from audit.log import SYSTEM, record
from audit.models import Entry, Seal, SealedEntry, Verb
from core import clock, request_id


def test_an_entry_keeps_labels_of_who_what_and_where(prosecutor):
    request_id.begin("8f3a21")
    with clock.travel(date(2026, 11, 23)):
        entry = record(
            prosecutor,
            Verb.REVEAL,
            "150902-2026-0016 身份证号",
            "150902-2026-0016",
            "办案需要",
            request=RequestFactory().get("/", REMOTE_ADDR="10.1.2.3"),
        )
    request_id.begin("")

    entry = Entry.objects.get(pk=entry.pk)
    assert (entry.actor, entry.actor_number) == ("李检察官", prosecutor.pk)
    assert entry.organisation == prosecutor.organisation.code
    assert (entry.verb, entry.target_id, entry.detail) == ("reveal", "150902-2026-0016", "办案需要")
    assert (entry.ip, entry.request_id) == ("10.1.2.3", "8f3a21")
    assert entry.at.isoformat() == "2026-11-23T01:00:00+00:00"
    assert str(entry) == "李检察官 查看脱敏信息 150902-2026-0016 身份证号"


def test_the_system_and_strangers_are_named_as_such():
    entry = record(None, Verb.SIGN_IN_FAILED, "未知用户", organisation="150902")

    assert (entry.actor, entry.actor_number, entry.organisation) == (SYSTEM, None, "150902")


def test_an_entry_stays_on_one_line_and_in_its_column(prosecutor):
    entry = record(
        prosecutor, Verb.DENIED, "案件\r\n2026-11-23 伪造\x00的一行" + "长" * 300, detail="多" * 600
    )

    assert "\n" not in entry.target_label
    assert "\x00" not in entry.target_label
    assert [len(entry.target_label), len(entry.detail)] == [200, 500]


def test_an_entry_is_part_of_the_callers_transaction(prosecutor):
    with transaction.atomic():
        record(prosecutor, Verb.EXPORT, "案件列表")
        transaction.set_rollback(True)
    assert Entry.objects.count() == 0


def test_an_unknown_verb_is_refused(prosecutor):
    with pytest.raises(ValueError, match="looked"):
        record(prosecutor, "looked", "案件")


@pytest.mark.parametrize("model", [Entry, Seal, SealedEntry])
@pytest.mark.parametrize("act", ["update", "delete", "truncate"])
def test_nothing_in_the_log_can_be_changed_or_removed(model, act, prosecutor):
    record(prosecutor, Verb.SEARCH, "案件")
    made = Seal.objects.create(number=1, count=1, total=1, kid=1, root=b"r", chain=b"c")
    SealedEntry.objects.create(entry_number=1, seal=made, leaf=b"l")
    connection.check_constraints()
    statements = {
        "update": lambda: model.objects.update(**{model._meta.pk.name: 99}),
        "delete": lambda: model.objects.all()._raw_delete("default"),
        "truncate": lambda: connection.cursor().execute(f"TRUNCATE {model._meta.db_table} CASCADE"),
    }

    with pytest.raises(IntegrityError, match="只能追加"), transaction.atomic():
        statements[act]()
    assert model.objects.count() == 1
