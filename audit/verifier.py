"""核验日志: what has been changed behind the program's back, in sentences."""

from collections.abc import Iterator
from datetime import timedelta

from audit import seals
from audit.models import Entry, Seal
from core import clock

LATE = timedelta(minutes=30)
BATCH = 1_000


def findings() -> Iterator[str]:
    """One sentence for each thing that is wrong; nothing when the log is whole."""
    yield from _chain()
    yield from _anchors()
    yield from _late()


def _chain() -> Iterator[str]:
    before, total, number = b"", 0, 0
    for made in Seal.objects.order_by("number").iterator(BATCH):
        if made.number != number + 1:
            yield f"缺少第 {number + 1} 至 {made.number - 1} 次封存，封存记录被删除。"
        yield from _entries(made)
        total += made.count
        if seals.link(before, made) != bytes(made.chain) or made.total != total:
            yield f"第 {made.number} 次封存与前后不符，封存记录被改动。"
        before, number, total = bytes(made.chain), made.number, made.total


def _entries(made: Seal) -> Iterator[str]:
    sealed = list(made.entries.order_by("entry_number"))
    found = Entry.objects.in_bulk([each.entry_number for each in sealed])
    key = seals.key(made.kid)
    for each in sealed:
        entry = found.get(each.entry_number)
        if entry is None:
            yield f"日志第 {each.entry_number} 条已被删除（第 {made.number} 次封存）。"
        elif seals.leaf(entry, key) != bytes(each.leaf):
            yield f"日志第 {each.entry_number} 条已被改动（第 {made.number} 次封存）。"
    if len(sealed) != made.count or seals.merkle_root(bytes(each.leaf) for each in sealed) != bytes(
        made.root
    ):
        yield f"第 {made.number} 次封存的摘要被改动，应有 {made.count} 条。"


def _anchors() -> Iterator[str]:
    known = {made.number: bytes(made.chain).hex() for made in Seal.objects.only("number", "chain")}
    noted = {line["number"]: line["chain"] for line in seals.anchors()}
    if known and not noted:
        yield f"没有封存底稿 {seals.anchor_file()}，无法核对日志末尾是否被截断。"
    for number, chain in sorted(noted.items()):
        if number not in known:
            yield f"底稿中的第 {number} 次封存已不在库里，日志末尾被截断。"
        elif known[number] != chain:
            yield f"第 {number} 次封存与底稿不符，日志被整体替换。"


def _late() -> Iterator[str]:
    waiting = seals.unsealed().filter(at__lt=clock.now() - LATE).count()
    if waiting:
        yield f"有 {waiting} 条日志超过 30 分钟没有封存，请检查后台任务是否在运行。"
