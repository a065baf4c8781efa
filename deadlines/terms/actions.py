"""The verbs of 期限规则. An office never touches the general row: its first change makes a row of its own."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from accounts.models import User
from audit.log import record
from audit.models import Verb
from core.refusals import Conflict, Refused, Unconfirmed
from deadlines.models import Term, TermChange
from deadlines.terms import policy, weakening, words


@dataclass(frozen=True)
class _Rows:
    """规则的两行, both locked: the one that holds, the office's own and the general one, where there are such."""

    now: Term
    own: Term | None
    general: Term | None


@transaction.atomic
def change(code: str, *, by: User, reason: str, version: int, confirmed: bool = False, **facts: Any) -> Term:
    """修改期限规则. Running deadlines keep their copy until a recount; what starts from now on follows the new rule.

    A rule of the law or of the house is weakened only by whoever has `confirmed` the consequences
    (`deadlines.terms.weakening`).
    """
    rows = _lock(code, by)
    values = words.values_of(rows.now) | {name: words.in_order(name, value) for name, value in facts.items()}
    _guard(rows.now, version, values)
    if reason_not := policy.why_not_change(by) or policy.why_not_values(rows.now, values):
        raise Refused(reason_not)
    return _write(rows, values, by, reason, confirmed)


@transaction.atomic
def restore(code: str, *, by: User, reason: str, version: int) -> Term:
    """恢复为通用规则: the office follows the general rule again, and each later change; its own row keeps history."""
    rows = _lock(code, by)
    if reason_not := policy.why_not_change(by):
        raise Refused(reason_not)
    own, general = rows.own, rows.general
    if general is None or own is None or own.follows_general:
        raise Refused("这条规则没有本院的改动，不用恢复。")
    values = words.values_of(general)
    _guard(rows.now, version, values)
    _check_reason(reason)
    before = words.values_of(own)
    own.follows_general, own.version = True, max(own.version, general.version) + 1
    own.save(update_fields=["follows_general", "version"])
    note_change(own, before, after=values, by=by, reason=reason)
    return general


@transaction.atomic
def switch(code: str, *, by: User, reason: str, version: int, confirmed: bool = False) -> Term:
    """停用、启用: a rule that is off counts no more; those that run go on, and its events are registered as before."""
    rows = _lock(code, by)
    if reason_not := policy.why_not_switch(rows.now, by):
        raise Refused(reason_not)
    values = words.values_of(rows.now) | {"is_active": not rows.now.is_active}
    _guard(rows.now, version, values)
    return _write(rows, values, by, reason, confirmed)


def _lock(code: str, by: User) -> _Rows:
    """Two first changes must not make two rows."""
    found = Term.objects.visible_to(by).filter(code=code).select_for_update(of=("self",)).order_by("pk")
    rows = {term.organisation_id is None: term for term in found}
    own, general = rows.get(False), rows.get(True)
    now = general if own is None or (own.follows_general and general) else own
    if now is None:
        raise Refused("没有这条期限规则，请刷新列表。")
    return _Rows(now, own, general)


def _guard(now: Term, version: int, values: dict[str, Any]) -> None:
    if now.version == version:
        return
    theirs = words.values_of(now)
    fields = {label: (mine, other) for label, other, mine in words.differences(theirs, values, now.whose)}
    raise Conflict("同事在你打开之后改过这条规则，请核对后再保存。", current=now, fields=fields)


def _write(rows: _Rows, values: dict[str, Any], by: User, reason: str, confirmed: bool) -> Term:
    before = words.values_of(rows.now)
    if before == values:
        raise Refused("没有改动，不用保存。")
    _check_reason(reason)
    found = weakening.consequences(rows.now, values)
    if found and not confirmed:
        raise Unconfirmed(weakening.unconfirmed(rows.now), found)
    term = rows.own or Term(code=rows.now.code, organisation=by.organisation)
    for name, value in values.items():
        setattr(term, name, value)
    term.version = max(row.version for row in (rows.own, rows.now) if row) + 1
    term.follows_general = False
    term.save()
    note_change(term, before, by=by, reason=reason, confirmed=found)
    return term


def _check_reason(reason: str) -> None:
    if not reason.strip():
        raise Refused("还没填修改理由。")


def note_change(
    term: Term,
    before: dict[str, Any],
    *,
    by: User,
    reason: str,
    after: dict[str, Any] | None = None,
    confirmed: Sequence[str] = (),
) -> TermChange:
    """期限规则变更记录 and its line in the log, in the caller's transaction; `before` is empty for a new rule.

    `after` where what holds from now on is not the row itself; `confirmed` are the consequences that somebody accepted.
    """
    values = words.values_of(term) if after is None else after
    changed = [name for name in values if name not in before or before[name] != values[name]]
    change = TermChange.objects.create(
        term=term,
        version=term.version,
        before={name: before[name] for name in changed if name in before},
        after={name: values[name] for name in changed},
        reason=reason.strip(),
        confirmed=list(confirmed),
        changed_by=by,
    )
    told = "；".join(
        f"{label} {old}→{new}" for label, old, new in words.differences(before, values, term.whose)
    )
    accepted = f"。已确认：{''.join(confirmed)}" if confirmed else ""
    detail = f"{told or '新增'}{accepted}。理由：{change.reason}"
    record(by, Verb.SETTING_CHANGED, f"期限规则 {term.code}", term.code, detail=detail)
    return change
