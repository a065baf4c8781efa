"""Who may do what with a deadline or a to-do. Each function answers with the first reason why not, or with nothing.

They are total: any person may be asked about any matter in any state, so a typed address never crashes.
"""

from accounts.models import Absence, User
from accounts.permissions import Permission
from core import clock
from deadlines.adjusting import why_not_reopen
from deadlines.models import Deadline, Kind, Task, Whose

Matter = Deadline | Task
REVIEW = frozenset({"P6a", "P6b"})  # prolonged by 审批 only

FOREIGN = "这不是本单位的事项，不能在这里办理。"
STATUTE = "法定期限不能改期。法院、仲裁机构依法延长的，请在案件“期限”里登记延长。"
RIGHT_OF_PARTY = "当事人行使权利的期限不能改期。有中断、中止的请在案件里登记，起算日登记错了请更正。"
BY_APPROVAL = "审查期限经审批延长，请在案件里申请延长审查期限。"


def person_of(matter: Matter) -> User:
    """责任人、承办人: whoever has to do it."""
    return matter.assigned_to if isinstance(matter, Task) else matter.responsible


def covered_by(user: User) -> frozenset[int]:
    """代办: the colleagues whom this user stands in for today."""
    return frozenset(Absence.objects.on(clock.today()).filter(covered_by=user).values_list("user", flat=True))


def why_not_finish(matter: Matter, user: User, covered: frozenset[int] | None = None) -> str:
    """办结: by whoever answers for it, who stands in for them today, or the head of the department."""
    if reason := _foreign(matter, user) or _over(matter):
        return reason
    if isinstance(matter, Deadline) and not matter.rule.get("by_hand"):
        return f"“{matter.rule['name']}”随案件办理而办结，请到案件里登记。"
    return _not_answering(matter, user, "办结", covered)


def why_not_acknowledge(matter: Matter, user: User, covered: frozenset[int] | None = None) -> str:
    """知悉: a right that ran out is noted and leaves the desk."""
    if reason := _foreign(matter, user) or _over(matter):
        return reason
    if isinstance(matter, Task) or matter.whose != Whose.RIGHT:
        return "只有当事人行使权利的期限届满后才需要登记知悉。"
    if matter.state(clock.today()) != "overdue":
        return f"“{matter.rule['name']}”还没有届满，不用登记知悉。"
    return _not_answering(matter, user, "登记知悉", covered)


def why_not_undo(matter: Matter, user: User) -> str:
    """撤销办结: by whoever did it; a deadline on the same day only."""
    if reason := _foreign(matter, user):
        return reason
    if isinstance(matter, Deadline):
        return why_not_reopen(matter, user)
    if matter.done_at is None:
        return "这项待办没有办结，不用撤销。"
    return "" if matter.done_by_id == user.pk else "这项待办不是你完成的，不能撤销。"


def why_not_reschedule(matter: Matter, user: User, covered: frozenset[int] | None = None) -> str:
    """改期: of to-dos, and of what was agreed or is the office's own target where its rule knows an extension."""
    if reason := _foreign(matter, user) or _over(matter) or why_fixed(matter):
        return reason
    return _not_in_charge(matter, user, "改期", covered)


def why_not_hand_over(matter: Matter, user: User, covered: frozenset[int] | None = None) -> str:
    """转办: by whoever answers for it, who stands in for them today, or the head; a to-do also by who gave it."""
    return _foreign(matter, user) or _over(matter) or _not_in_charge(matter, user, "转办", covered)


def on_behalf_of(matter: Matter, user: User) -> User | None:
    """代谁办理: the colleague whose matter this is, where nothing but standing in for them allows the deed."""
    return None if _not_in_charge(matter, user, "", frozenset()) == "" else person_of(matter)


def why_not_urge(matter: Matter, user: User) -> str:
    """催办: by the leaders of the office; of a to-do by whoever gave it as well. Nobody urges themselves."""
    if reason := _foreign(matter, user) or _over(matter):
        return reason
    gave = isinstance(matter, Task) and matter.created_by_id == user.pk
    if not (gave or user.may(Permission.EXAMINE) or user.may(Permission.DECIDE)):
        return "只有部门负责人、分管副检察长和交办人可以催办。需要催办请联系部门负责人。"
    return "这一项由你自己负责，不用催办。" if person_of(matter).pk == user.pk else ""


def why_not_give(user: User) -> str:
    """交办: everybody who works on cases may give a to-do to a colleague."""
    return "" if user.may(Permission.CASE_SEE) else "只有办案人员可以登记待办。"


def why_not_edit(task: Task, user: User) -> str:
    """修改待办: its words and 抄送, by whoever gave it, while it is open."""
    if reason := _foreign(task, user) or _over(task):
        return reason
    return "" if task.created_by_id == user.pk else f"只有交办人可以修改。需要修改请联系{task.created_by}。"


def _foreign(matter: Matter, user: User) -> str:
    at_home = user.may(Permission.CASE_SEE) and matter.organisation_id == user.organisation_id
    return "" if at_home else FOREIGN


def _over(matter: Matter) -> str:
    if isinstance(matter, Task):
        return "这项待办已经办结。" if matter.done_at else ""
    if matter.met_on:
        return f"这项期限已于 {matter.met_on} 办结。"
    return "这项期限已经撤销。" if matter.cancelled_at else ""


def why_fixed(matter: Matter) -> str:
    """Why this day cannot be moved by anybody here, now or ever."""
    if reason := why_never(matter):
        return reason
    if isinstance(matter, Task) or not matter.paused_on:
        return ""
    return f"“{matter.rule['name']}”正在停止计算，请先恢复再改期。"


def why_never(matter: Matter) -> str:
    """Why it is not for 改期 to move this day, whatever happens: the law, an approval or another day fixes it."""
    if isinstance(matter, Task):
        return ""
    name = matter.rule["name"]
    if matter.kind == Kind.STATUTORY:
        return RIGHT_OF_PARTY if matter.whose == Whose.RIGHT else STATUTE
    if matter.rule["code"] in REVIEW:
        return BY_APPROVAL
    if matter.due_at or matter.rule["backward"] or not matter.rule.get("extension"):
        return f"“{name}”没有延长的规定，不能改期。日期登记错了请到案件里更正。"
    return ""


def _not_answering(matter: Matter, user: User, deed: str, covered: frozenset[int] | None) -> str:
    person = person_of(matter)
    if user.pk == person.pk or user.may(Permission.EXAMINE):
        return ""
    if person.pk in (covered_by(user) if covered is None else covered):
        return ""
    return f"只有责任人、代办人和部门负责人可以{deed}。需要办理请联系{person}。"


def _not_in_charge(matter: Matter, user: User, deed: str, covered: frozenset[int] | None) -> str:
    """A to-do is the head's to plan where it hangs on a case; what hangs on none is between its two people."""
    if not isinstance(matter, Task):
        return _not_answering(matter, user, deed, covered)
    if user.pk == matter.created_by_id or (matter.owner_url and user.may(Permission.EXAMINE)):
        return ""
    person = matter.assigned_to_id
    if user.pk == person or person in (covered_by(user) if covered is None else covered):
        return ""
    who = "承办人、代办人、交办人和部门负责人" if matter.owner_url else "承办人、代办人和交办人"
    return f"只有{who}可以{deed}。需要办理请联系{matter.created_by}。"
