"""What one does with a deadline or a to-do where it stands, on the desk: 办结, 撤销, 知悉, 改期, 转办, 催办.

`deadlines.clocks` and `deadlines.todos` do the writing; this asks the policy first and tells whoever is concerned.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

from django.db import transaction
from django.db.models import Q, QuerySet

from accounts.models import Absence, User
from core import clock
from core.refusals import Conflict, Refused
from deadlines import clocks, policy, todos
from deadlines.models import Deadline, Task, Urge, Watcher, Whose
from deadlines.policy import Matter, person_of
from notifications.models import Message, Notification, Topic

LONGEST_NAME = 80


@transaction.atomic
def finish(matter: Matter, *, by: User, on: date | None = None, note: str = "") -> Matter:
    """办结: done on this day. Whoever had to do it, whoever gave it and those informed hear of it."""
    matter = _lock(matter)
    _ask(policy.why_not_finish(matter, by))
    if isinstance(matter, Task):
        matter = todos.finish(matter, by=by, note=note)
    else:
        day = on or clock.today()
        _ask(_why_not_that_day(matter, day))
        matter = clocks.meet(matter, on=day, by=by, note=note)
    _tell_of_end(matter, by, "已办结")
    return matter


@transaction.atomic
def undo(matter: Matter, *, by: User) -> Matter:
    """撤销办结、知悉: as if it had not been reported done. Whoever heard of the end hears of this."""
    matter = _lock(matter)
    _ask(policy.why_not_undo(matter, by))
    matter = todos.reopen(matter, by=by) if isinstance(matter, Task) else clocks.reopen(matter, by=by)
    _tell_of_end(matter, by, "撤销办结，仍在办理")
    return matter


@transaction.atomic
def acknowledge(deadline: Deadline, *, by: User, note: str) -> Deadline:
    """知悉: a right that ran out is noted and leaves the desk."""
    deadline = Deadline.objects.lock(deadline)
    _ask(policy.why_not_acknowledge(deadline, by))
    if not note.strip():
        raise Refused("还没填知悉说明。")
    deadline = clocks.cancel(deadline, by=by, reason=note, acknowledged=True)
    _tell_of_end(deadline, by, "已登记知悉")
    return deadline


@transaction.atomic
def reschedule(matter: Matter, *, on: date, by: User, reason: str, seen: str = "") -> Matter:
    """改期: a to-do to any day to come, a deadline to a later one; with the reason on record, and all concerned told.

    `seen` is `version_of` the matter when the page was made: of two who move it at once the second is asked again.
    """
    matter = _lock(matter)
    _ask(policy.why_not_reschedule(matter, by))
    _compare(matter, seen)
    instead_of = policy.on_behalf_of(matter, by)
    if isinstance(matter, Task):
        matter = todos.reschedule(matter, on=on, by=by, reason=reason, on_behalf_of=instead_of)
        moved = matter.changes.latest("pk").pk
    else:
        matter = clocks.extend(matter, until=on, by=by, reason=reason, on_behalf_of=instead_of)
        moved = matter.extensions.latest("pk").pk
    person = person_of(matter)
    people = {person, *_covers([person])[person.pk], *_kept_informed(matter)} - {by}
    _tell(matter, people, f"moved-{key_of(matter)}-{moved}", f"{_name(matter)}改期到 {on:%m-%d}")
    return matter


@transaction.atomic
def hand_over(matter: Matter, *, to: User, by: User, reason: str, seen: str = "") -> Matter:
    """转办: to a colleague of the office. Taker, giver and those informed are told; the giver stays informed (抄送)."""
    matter = _lock(matter)
    _ask(policy.why_not_hand_over(matter, by))
    _compare(matter, seen)
    _ask(_why_not_take(matter, to, reason))
    giver, informed = person_of(matter), _kept_informed(matter)
    if isinstance(matter, Task):
        matter = todos.hand_over(matter, to=to, by=by, reason=reason)
    else:
        matter = clocks.hand_over(matter, to=to, by=by, reason=reason)
    _watchers(matter).filter(user=to).delete()
    Watcher.objects.bulk_create([Watcher(user=giver, added_by=by, **_about(matter))], ignore_conflicts=True)
    key = f"handed-{key_of(matter)}-{matter.hand_overs.latest('pk').pk}"
    _tell(matter, {to} - {by}, key, f"转给你办理：{_name(matter)}")
    _tell(matter, {giver} - {by}, key, f"不再由你办理：{_name(matter)}")
    _tell(matter, informed - {to, giver, by}, key, f"已转办：{_name(matter)}")
    return matter


@transaction.atomic
def urge(matter: Matter, *, by: User, note: str = "") -> Urge:
    """催办: once a day for one matter and person. Whoever stands in for an absent colleague hears as well."""
    matter = _lock(matter)
    _ask(policy.why_not_urge(matter, by))
    person = person_of(matter)
    if _urged_today([matter]):
        raise Refused("今天已经催办过这一项，明天可以再催。")
    urged = Urge.objects.create(urged=person, urged_by=by, note=note.strip(), **_about(matter))
    people = [person, *_covers([person])[person.pk]]
    _tell(matter, people, f"urge-{urged.pk}", f"催办：{_name(matter)}")
    return urged


@transaction.atomic
def urge_many(matters: Iterable[Matter], *, by: User) -> int:
    """批量催办: what the policy allows and nobody urged today; one message for each person. Returns how many people."""
    ids: dict[type, list[int]] = defaultdict(list)
    for matter in matters:
        ids[type(matter)].append(matter.pk)
    found = [each for model, pks in ids.items() for each in _lock_all(model, pks)]
    allowed = [each for each in found if not policy.why_not_urge(each, by)]
    already = _urged_today(allowed)
    new = [each for each in allowed if key_of(each) not in already]
    if not new:
        raise Refused("勾选的事项今天都已催办过，或者不由你催办。")
    Urge.objects.bulk_create(Urge(urged=person_of(each), urged_by=by, **_about(each)) for each in new)
    return _tell_each(new, by)


def _tell_each(matters: Sequence[Matter], by: User) -> int:
    """One message to each person about all that was urged now."""
    of: dict[int, list[Matter]] = defaultdict(list)
    for matter in matters:
        of[person_of(matter).pk].append(matter)
    people = {person_of(each).pk: person_of(each) for each in matters}
    covers = _covers(people.values())
    now = clock.now()
    Notification.objects.deliver_many(
        [
            Message(
                (person, *covers[pk]),
                key=f"urged-{pk}-{by.pk}-{now:%Y%m%d%H%M%S%f}",
                title=f"催办 {len(of[pk])} 项，请到工作台办理",
                url="/desk/",
                topic=Topic.URGE,
            )
            for pk, person in people.items()
        ]
    )
    return len(people)


def _lock(matter: Matter) -> Matter:
    return Task.objects.lock(matter) if isinstance(matter, Task) else Deadline.objects.lock(matter)


def _lock_all(model: type[Deadline] | type[Task], pks: list[int]) -> list[Matter]:
    """In the order of their keys, so that two who urge at once never wait for each other in a circle."""
    person = "assigned_to" if model is Task else "responsible"
    rows = model._default_manager.select_for_update(of=("self",)).select_related(person)
    return list(rows.filter(pk__in=pks).order_by("pk"))


def version_of(matter: Matter) -> str:
    """The day and the person: what must still be as one saw it, before one changes either."""
    return f"{matter.due_on or ''} {person_of(matter).pk}".strip()


def _compare(matter: Matter, seen: str) -> None:
    if seen and seen != version_of(matter):
        day = f"到期日 {matter.due_on}" if matter.due_on else "没有期限"
        words = f"这一项刚被改动：现由{person_of(matter)}办理，{day}。请核对，仍要提交请再点一次。"
        raise Conflict(words, current=matter)


def _ask(why_not: str) -> None:
    if why_not:
        raise Refused(why_not)


def _why_not_that_day(deadline: Deadline, on: date) -> str:
    if on < deadline.starts_on and not deadline.rule["backward"]:
        return f"办结日期 {on} 早于起算日 {deadline.starts_on}，请改其中一个。"
    if deadline.whose == Whose.RIGHT and on > deadline.due_on:
        return f"这项权利已于 {deadline.due_on} 届满。期内已经行使的请填当天日期；没有行使的请登记知悉。"
    return ""


def _why_not_take(matter: Matter, to: User, reason: str) -> str:
    if to.pk == person_of(matter).pk:
        return f"{to} 已经是责任人，请另选一位。"
    if not (to.is_active and to.is_office_staff) or to.organisation_id != matter.organisation_id:
        return "只能转给本单位在岗的办案人员，请另选一位。"
    return "" if reason.strip() else "还没填转办事由。"


def _urged_today(matters: Sequence[Matter]) -> set[str]:
    """Keys of those whose person was urged about them today already."""
    deadlines = [each.pk for each in matters if isinstance(each, Deadline)]
    tasks = [each.pk for each in matters if isinstance(each, Task)]
    urges = Urge.objects.filter(Q(deadline__in=deadlines) | Q(task__in=tasks), on=clock.today())
    told = {
        (f"task-{task}" if task else f"deadline-{deadline}", who)
        for deadline, task, who in urges.values_list("deadline", "task", "urged")
    }
    return {key_of(each) for each in matters if (key_of(each), person_of(each).pk) in told}


def _covers(people: Iterable[User]) -> dict[int, list[User]]:
    """Person → whoever stands in for them today."""
    found: dict[int, list[User]] = defaultdict(list)
    absent = Absence.objects.on(clock.today()).filter(user__in=list(people)).select_related("covered_by")
    for absence in absent:
        found[absence.user_id].append(absence.covered_by)
    return found


def _about(matter: Matter) -> dict[str, Matter]:
    return {"task" if isinstance(matter, Task) else "deadline": matter}


def key_of(matter: Matter) -> str:
    """`deadline-12`, `task-3`: what messages are filed under and the desk names its rows by."""
    return f"{'task' if isinstance(matter, Task) else 'deadline'}-{matter.pk}"


def _name(matter: Matter) -> str:
    """For messages: period and case number; of a to-do only that it is one, because people write names into them."""
    if isinstance(matter, Task):
        return "一项待办"
    return f"{matter.rule['name']} {matter.title}"[:LONGEST_NAME]


def _watchers(matter: Matter) -> QuerySet[Watcher]:
    return Watcher.objects.filter(**_about(matter))


def _kept_informed(matter: Matter) -> set[User]:
    """抄送, and whoever gave the to-do."""
    watching = {each.user for each in _watchers(matter).select_related("user")}
    return watching | ({matter.created_by} if isinstance(matter, Task) else set())


def _tell_of_end(matter: Matter, by: User, what: str) -> None:
    key = f"done-{key_of(matter)}-{clock.now():%Y%m%d%H%M%S%f}"
    people = {person_of(matter), *_kept_informed(matter)} - {by}
    _tell(matter, people, key, f"{_name(matter)}{what}", settled=False)


def _tell(matter: Matter, people: Iterable[User], key: str, title: str, *, settled: bool = True) -> None:
    """`settled`: read by itself once the matter is over."""
    url = matter.get_absolute_url() if isinstance(matter, Task) else matter.owner_url
    Notification.objects.deliver(
        people, key=key, title=title, url=url, topic=Topic.URGE, source=key_of(matter) if settled else ""
    )
