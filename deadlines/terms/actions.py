"""The verbs of 期限规则. An office never touches the general row: its first change makes a row of its own."""

from typing import Any

from django.db import transaction

from accounts.models import User
from audit.log import record
from audit.models import Verb
from core.refusals import Conflict, Refused
from deadlines.models import Term, TermChange
from deadlines.terms import policy, words


@transaction.atomic
def change(code: str, *, by: User, reason: str, version: int, **facts: Any) -> Term:
    """修改期限规则. Running deadlines keep their copy until a recount; what starts from now on follows the new rule."""
    now = _lock(code, by)
    values = words.values_of(now) | facts
    _guard(now, version, values)
    if reason_not := policy.why_not_change(by) or policy.why_not_values(now, values):
        raise Refused(reason_not)
    return _write(now, values, by, reason)


@transaction.atomic
def restore(code: str, *, by: User, reason: str, version: int) -> Term:
    """恢复为通用规则: the general values once more, as the next version of the office's own row."""
    now = _lock(code, by)
    if reason_not := policy.why_not_change(by):
        raise Refused(reason_not)
    general = Term.objects.filter(code=code, organisation=None).first()
    if general is None or now.organisation_id is None:
        raise Refused("这条规则没有本院的改动，不用恢复。")
    values = words.values_of(general)
    _guard(now, version, values)
    return _write(now, values, by, reason)


@transaction.atomic
def switch(code: str, *, by: User, reason: str, version: int) -> Term:
    """停用、启用: a rule that is off starts no more deadlines; those that run go on."""
    now = _lock(code, by)
    if reason_not := policy.why_not_change(by):
        raise Refused(reason_not)
    values = words.values_of(now) | {"is_active": not now.is_active}
    _guard(now, version, values)
    return _write(now, values, by, reason)


def _lock(code: str, by: User) -> Term:
    """The rule that holds, with both rows locked: two first changes must not make two rows."""
    rows = Term.objects.visible_to(by).filter(code=code).select_for_update(of=("self",)).order_by("pk")
    own_first = sorted(rows, key=lambda term: term.organisation_id is None)
    if not own_first:
        raise Refused("没有这条期限规则，请刷新列表。")
    return own_first[0]


def _guard(now: Term, version: int, values: dict[str, Any]) -> None:
    if now.version == version:
        return
    theirs = words.values_of(now)
    fields = {label: (mine, other) for label, other, mine in words.differences(theirs, values)}
    raise Conflict("同事在你打开之后改过这条规则，请核对后再保存。", current=now, fields=fields)


def _write(now: Term, values: dict[str, Any], by: User, reason: str) -> Term:
    before = words.values_of(now)
    if before == values:
        raise Refused("没有改动，不用保存。")
    if not reason.strip():
        raise Refused("还没填修改理由。")
    term = now if now.organisation_id else Term(code=now.code, organisation=by.organisation)
    for name, value in values.items():
        setattr(term, name, value)
    term.version = now.version + 1
    term.save()
    note_change(term, before, by=by, reason=reason)
    return term


def note_change(term: Term, before: dict[str, Any], *, by: User, reason: str) -> TermChange:
    """期限规则变更记录 and its line in the log, in the caller's transaction; `before` is empty for a new rule."""
    values = words.values_of(term)
    changed = [name for name in values if name not in before or before[name] != values[name]]
    change = TermChange.objects.create(
        term=term,
        version=term.version,
        before={name: before[name] for name in changed if name in before},
        after={name: values[name] for name in changed},
        reason=reason.strip(),
        changed_by=by,
    )
    told = "；".join(f"{label} {old}→{new}" for label, old, new in words.differences(before, values))
    detail = f"{told or '新增'}。理由：{change.reason}"
    record(by, Verb.SETTING_CHANGED, f"期限规则 {term.code}", term.code, detail=detail)
    return change
