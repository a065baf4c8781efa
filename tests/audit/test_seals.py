"""The seal shows an edit, a removal, a cut-off tail and a swapped chain (T38)."""

from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from audit import seals, verifier
from audit.log import record
from audit.models import Entry, Seal, SealedEntry, Verb
from core import clock, keys


@pytest.fixture(autouse=True)
def _own_anchor(tmp_path, settings):
    settings.AUDIT_ANCHOR_FILE = str(tmp_path / "notes" / "anchor.jsonl")
    settings.FIELD_KEYS_FILE = str(tmp_path / "keys.json")


@pytest.fixture
def insider():
    """Somebody with the database's own rights: triggers sleep."""

    def run(sql, *params):
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL session_replication_role = replica")
            cursor.execute(sql, params)
            cursor.execute("SET LOCAL session_replication_role = origin")

    return run


@pytest.fixture
def log(prosecutor):
    """Three seals over five entries."""
    for count in (2, 1, 2):
        for n in range(count):
            record(prosecutor, Verb.SEARCH, f"案件 {n}")
        seals.seal()
    return list(Entry.objects.order_by("pk"))


def findings():
    return list(verifier.findings())


def test_an_untouched_log_is_whole(log):
    assert findings() == []
    assert [(seal.number, seal.count, seal.total) for seal in Seal.objects.all()] == [
        (1, 2, 2),
        (2, 1, 3),
        (3, 2, 5),
    ]
    assert [line["number"] for line in seals.anchors()] == [1, 2, 3]


def test_sealing_again_seals_nothing_twice(log):
    assert seals.seal() == 0
    assert SealedEntry.objects.count() == 5


@pytest.fixture
def slow(insider, prosecutor):
    """Call it to commit an entry whose number was taken before everything in the log."""
    number = record(prosecutor, Verb.SEARCH, "占号").pk
    insider("DELETE FROM audit_entry WHERE id = %s", number)

    def commit():
        late = record(prosecutor, Verb.SEARCH, "晚到")
        insider("UPDATE audit_entry SET id = %s WHERE id = %s", number, late.pk)

    return commit


def test_an_entry_that_commits_late_is_sealed_all_the_same(slow, log):
    slow()

    assert seals.seal() == 1
    assert findings() == []


def test_the_sweep_looks_behind_what_was_sealed_an_hour_ago_and_the_verifier_everywhere(slow, log):
    with clock.travel(clock.now() + timedelta(hours=2)):
        slow()

        assert seals.seal() == 0
        assert seals.seal(thorough=True) == 1
    assert findings() == []


@pytest.mark.parametrize(
    ("column", "value"), [("actor", "别人"), ("detail", "改过"), ("at", "2020-01-01"), ("ip", "1.2.3.4")]
)
def test_an_edited_entry_is_named(log, insider, column, value):
    insider(f"UPDATE audit_entry SET {column} = %s WHERE id = %s", value, log[2].pk)

    assert findings() == [f"日志第 {log[2].pk} 条已被改动（第 2 次封存）。"]


def test_a_removed_entry_is_named(log, insider):
    insider("DELETE FROM audit_entry WHERE id = %s", log[0].pk)

    assert findings() == [f"日志第 {log[0].pk} 条已被删除（第 1 次封存）。"]


def test_two_swapped_entries_are_named(log, insider):
    insider("UPDATE audit_entry SET target_label = '案件 1' WHERE id = %s", log[0].pk)
    insider("UPDATE audit_entry SET target_label = '案件 0' WHERE id = %s", log[1].pk)

    assert len(findings()) == 2


def test_an_entry_removed_with_its_seal_line_is_noticed(log, insider):
    insider("DELETE FROM audit_entry WHERE id = %s", log[0].pk)
    insider("DELETE FROM audit_sealedentry WHERE entry_number = %s", log[0].pk)

    assert findings() == ["第 1 次封存的摘要被改动，应有 2 条。"]


def test_a_tail_cut_off_with_its_seals_is_noticed_by_the_anchor(log, insider):
    insider("DELETE FROM audit_entry WHERE id >= %s", log[3].pk)
    insider("DELETE FROM audit_sealedentry WHERE entry_number >= %s", log[3].pk)
    insider("DELETE FROM audit_seal WHERE number = 3")

    assert findings() == ["底稿中的第 3 次封存已不在库里，日志末尾被截断。"]


def test_a_seal_cut_out_of_the_middle_is_noticed(log, insider):
    insider("DELETE FROM audit_entry WHERE id = %s", log[2].pk)
    insider("DELETE FROM audit_sealedentry WHERE entry_number = %s", log[2].pk)
    insider("DELETE FROM audit_seal WHERE number = 2")

    assert "缺少第 2 至 2 次封存，封存记录被删除。" in findings()


def test_a_log_sealed_anew_with_another_key_does_not_fit_the_anchor(log, insider, tmp_path, settings):
    insider("DELETE FROM audit_sealedentry")
    insider("DELETE FROM audit_seal")
    anchor, settings.AUDIT_ANCHOR_FILE = settings.AUDIT_ANCHOR_FILE, str(tmp_path / "elsewhere")
    seals.seal()
    settings.AUDIT_ANCHOR_FILE = anchor

    assert "第 1 次封存与底稿不符，日志被整体替换。" in findings()


def test_a_missing_anchor_file_is_said(log, settings, tmp_path):
    settings.AUDIT_ANCHOR_FILE = str(tmp_path / "gone.jsonl")

    assert findings()[0].startswith("没有封存底稿")


def test_entries_that_wait_too_long_for_a_seal_are_said(log, prosecutor):
    with clock.travel(clock.now() - timedelta(hours=1)):
        record(prosecutor, Verb.SEARCH, "没人封存")

    assert findings() == ["有 1 条日志超过 30 分钟没有封存，请检查后台任务是否在运行。"]


def test_seals_made_with_an_older_key_still_verify(log, prosecutor):
    keys.rotate(keys.path())
    record(prosecutor, Verb.SEARCH, "新密钥")
    seals.seal()

    assert Seal.objects.last().kid == 2
    assert findings() == []


def test_the_command_says_whole_or_fails(log, insider, capsys):
    call_command("verify_audit")
    assert capsys.readouterr().out == "操作日志完整。\n"

    insider("DELETE FROM audit_entry WHERE id = %s", log[0].pk)
    with pytest.raises(CommandError, match="1 处不符"):
        call_command("verify_audit")
    assert "已被删除" in capsys.readouterr().err


@pytest.mark.parametrize("count", range(1, 9))
def test_the_root_depends_on_every_leaf_and_their_order(count):
    leaves = [bytes([n]) * 32 for n in range(count)]
    root = seals.merkle_root(leaves)

    for n in range(count):
        changed = [*leaves[:n], b"x" * 32, *leaves[n + 1 :]]
        assert seals.merkle_root(changed) != root
    assert count == 1 or seals.merkle_root(leaves[::-1]) != root


def test_a_link_depends_on_the_link_before_and_on_its_own_facts(log):
    made = Seal.objects.last()
    value = seals.link(b"before", made)

    assert seals.link(b"other", made) != value
    for fact, other in {"number": 9, "count": 9, "total": 9, "root": b"x" * 32, "at": clock.now()}.items():
        changed = Seal.objects.last()
        setattr(changed, fact, other)
        assert seals.link(b"before", changed) != value
