"""封存与核验: a keyed chain over the log, made after the fact, with an anchor outside the database.

Entries are inserted without a chain (a chain in the business transaction would queue every writer behind one
row); once a minute what has no seal yet gets one. An edit, a removal or a cut-off tail then shows, whoever
made it, unless they hold the key and the anchor file too.
"""

import json
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import zip_longest
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Exists, Max, OuterRef, QuerySet

from audit.models import Entry, Seal, SealedEntry
from core import clock, keys
from core.ciphers import hmac_sm3, sm3

MOST_AT_ONCE = 10_000
SETTLED_AFTER = timedelta(hours=1)
LOCK = 7_301_502
COLUMNS = [field.attname for field in Entry._meta.concrete_fields]


def anchor_file() -> Path:
    """Where each seal is noted outside the database; to be copied to another machine or printed."""
    return Path(settings.AUDIT_ANCHOR_FILE)


def seal(*, thorough: bool = False) -> int:
    """Seal what has no seal yet; returns how many entries. Two sealers at once: the second does nothing.

    `thorough` looks through the whole log, not only behind what was sealed an hour ago.
    """
    with transaction.atomic():
        if not _alone():
            return 0
        after = 0 if thorough else _settled()
        entries = list(unsealed().filter(pk__gt=after)[:MOST_AT_ONCE])
        if not entries:
            return 0
        made = _seal(entries)
    _anchor(made)
    return made.count


def key(kid: int) -> bytes:
    """The key of the log under root key `kid`."""
    return keys.derived(kid, "audit", 32)


def leaf(entry: Entry, with_key: bytes) -> bytes:
    """The keyed digest of an entry's columns."""
    columns = [_canonical(getattr(entry, name)) for name in COLUMNS]
    text = json.dumps(columns, ensure_ascii=False, separators=(",", ":"))
    return hmac_sm3(with_key, text.encode())


def merkle_root(leaves: Iterable[bytes]) -> bytes:
    """Root of the tree over the leaves in their order; an odd one is carried up."""
    level = list(leaves)
    while len(level) > 1:
        pairs = zip_longest(level[::2], level[1::2])
        level = [sm3(left + right) if right else left for left, right in pairs]
    return level[0] if level else b""


def link(before: bytes, made: Seal) -> bytes:
    """The chain value of a seal after the one before it."""
    facts = f"{made.number}|{made.count}|{made.total}|{_canonical(made.at)}".encode()
    return hmac_sm3(key(made.kid), before + bytes(made.root) + facts)


def anchors() -> Iterator[dict[str, Any]]:
    """The lines of the anchor file, oldest first."""
    if anchor_file().exists():
        for line in anchor_file().read_text().splitlines():
            yield json.loads(line)


def _alone() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [LOCK])
        return bool(cursor.fetchone()[0])


def unsealed() -> "QuerySet[Entry]":
    """Entries without a seal, oldest first."""
    # Not "number > last sealed": entries commit in another order than their numbers.
    sealed = SealedEntry.objects.filter(entry_number=OuterRef("pk"))
    return Entry.objects.filter(~Exists(sealed)).order_by("pk")


def _settled() -> int:
    """The highest entry number that was sealed an hour ago: no transaction stays open that long."""
    old = Seal.objects.filter(at__lt=clock.now() - SETTLED_AFTER).last()
    return (old.entries.aggregate(top=Max("entry_number"))["top"] or 0) if old else 0


def _seal(entries: list[Entry]) -> Seal:
    last = Seal.objects.last()
    kid = keys.ring().current
    with_key = key(kid)
    leaves = [leaf(entry, with_key) for entry in entries]
    made = Seal(
        number=last.number + 1 if last else 1,
        at=clock.now(),
        count=len(entries),
        total=(last.total if last else 0) + len(entries),
        kid=kid,
        root=merkle_root(leaves),
    )
    made.chain = link(bytes(last.chain) if last else b"", made)
    made.save(force_insert=True)
    SealedEntry.objects.bulk_create(
        SealedEntry(entry_number=entry.pk, seal=made, leaf=each)
        for entry, each in zip(entries, leaves, strict=True)
    )
    return made


def _anchor(made: Seal) -> None:
    anchor_file().parent.mkdir(parents=True, exist_ok=True)
    line = {"number": made.number, "total": made.total, "at": _canonical(made.at), "chain": made.chain.hex()}
    with anchor_file().open("a") as file:
        file.write(json.dumps(line) + "\n")


def _canonical(value: Any) -> Any:
    return value.astimezone(UTC).isoformat(timespec="microseconds") if isinstance(value, datetime) else value
