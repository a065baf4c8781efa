"""送达方式的规则 (民诉法87–95条; 检察专递规定6–9条): what each means must state. Sentences; writes nothing."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from cases.models import Case
from core import clock
from deadlines.arithmetic import add_working_days
from deadlines.models import Holiday
from documents.models import Addressee, Document, Service

Facts = dict[str, Any]
Means, Capacity = Service.Means, Service.Capacity
MOST_TRIES, WORKING_DAYS = 3, 5
# registered with its result; the others are sent first and have a result later
AT_ONCE = frozenset({Means.DIRECT, Means.LEFT, Means.ELECTRONIC, Means.PUBLIC})
DAY_CALLED = {
    Means.DIRECT: "签收日期",
    Means.LEFT: "留置日期",
    Means.ENTRUSTED: "委托日期",
    Means.POST: "寄出日期",
    Means.NOTICE: "公告日期",
    Means.ELECTRONIC: "到达日期",
    Means.PUBLIC: "宣告日期",
}
FOR_PEOPLE = (Capacity.SELF, Capacity.FAMILY, Capacity.AGENT, Capacity.STATUTORY, Capacity.DESIGNATED)
FOR_UNITS = (Capacity.UNIT, Capacity.AGENT, Capacity.DESIGNATED)


def capacities(addressee: Addressee) -> tuple[Service.Capacity, ...]:
    """Who may sign for this addressee (民诉法88条). A name whose kind nobody stated may be either."""
    if addressee.whom == Addressee.Whom.OTHER and not addressee.is_person:
        return (*FOR_PEOPLE, Capacity.UNIT)
    return FOR_PEOPLE if addressee.is_person else FOR_UNITS


def why_not_day(document: Document, label: str, on: date) -> str:
    """No paper is served before it was issued, or tomorrow."""
    issued_on = document.issue.issued_on
    if on > clock.today():
        return f"{label} {on} 还没到，请改成今天或以前的日期。"
    return f"{label} {on} 早于签发日期 {issued_on}，请核对。" if on < issued_on else ""


def why_not_means(case: Case, addressee: Addressee, means: str, facts: Facts) -> str:
    """The first rule of this means that these facts break."""
    return RULES[Means(means)](case, addressee, facts)


def why_not_signed(case: Case, addressee: Addressee, facts: Facts) -> str:
    """签收人: who, as what; the other side never takes a paper for the addressee (民诉法88条、检察专递规定7条)."""
    name, capacity = facts.get("received_by", ""), facts.get("capacity", "")
    if not name:
        return "还没填签收人。签收的日期就是送达日期，请按送达回证填写。"
    if capacity not in capacities(addressee):
        kind = "自然人" if addressee.is_person else "单位"
        allowed = "、".join(one.label for one in capacities(addressee))
        return f"受送达人是{kind}，签收人身份只能是：{allowed}。请重新选择。"
    if capacity == Capacity.FAMILY and name in _opponents(case, addressee):
        return f"签收人{name}是本案另一方当事人，不能代收。请另行送达。"
    return ""


def why_not_returned(one: Service, facts: Facts) -> str:
    """退回: three tries within five working days, unless somebody refused the mail (检察专递规定6、8条)."""
    tries: list[date] = sorted(facts.get("tries") or [])
    if not facts.get("remark"):
        return "还没填退回的原因，请按邮件上注明的填写。"
    if one.means != Means.POST:
        return ""
    if facts.get("undelivered") and len(tries) < MOST_TRIES:
        return f"投递未成功的，要投递三次才退回，现在填了 {len(tries)} 次。请按投递记录补填日期。"
    if facts.get("undelivered") and len(set(tries)) < MOST_TRIES:
        return "三次投递要在不同的日期，请按投递记录核对。"
    if any(not one.sent_on <= day <= facts["returned_on"] for day in tries):
        return "投递日期要在寄出日期和退回日期之间，请核对。"
    if tries:
        last = add_working_days(tries[0] - timedelta(days=1), WORKING_DAYS, Holiday.objects.calendar())
        if tries[-1] > last:
            return f"三次投递要在五个工作日以内（到 {last} 为止），请核对投递日期。"
    return ""


def _opponents(case: Case, addressee: Addressee) -> set[str]:
    """Names of the people on the other side of the case."""
    if addressee.whom == Addressee.Whom.APPLICANT:
        return set(case.respondents.filter(person__isnull=False).values_list("person__name", flat=True))
    return set(case.claimants.values_list("person__name", flat=True))


def _left(case: Case, addressee: Addressee, facts: Facts) -> str:
    if not facts.get("remark"):
        return "留置送达要写明拒收事由，请补填。"
    if not facts.get("witness") and not facts.get("on_record"):
        return "留置送达要有见证人，或者拍照、录像记录送达过程。请填见证人，或者勾选已拍照、录像存卷。"
    return ""


def _entrusted(case: Case, addressee: Addressee, facts: Facts) -> str:
    return "" if facts.get("body") else "还没填受委托的单位。"


def _post(case: Case, addressee: Addressee, facts: Facts) -> str:
    return "" if facts.get("tracking_number") else "还没填邮件号，请按邮件详情单填写。"


def _notice(case: Case, addressee: Addressee, facts: Facts) -> str:
    if not facts.get("place"):
        return "还没填公告的载体，例如报纸名称和版面。"
    if not facts.get("remark"):
        return "公告送达要记明原因和经过：受送达人下落不明，或者其他方式为什么无法送达。请补填。"
    return ""


def _electronic(case: Case, addressee: Addressee, facts: Facts) -> str:
    """Consent on record (民诉法90条); of an applicant in the 联系方式确认书 of this case."""
    if not facts.get("place"):
        return "还没填接收的系统或者号码所属的系统，例如短信、电子邮箱。"
    if not facts.get("consent"):
        return "电子送达要经受送达人同意，请写明同意记在哪里。没有同意的，请改用其他方式。"
    if addressee.whom == Addressee.Whom.APPLICANT and not _confirmed(case):
        return (
            "本案还没有定稿的联系方式确认书，不能对申请人电子送达。请先定稿确认书并由本人勾选同意电子送达。"
        )
    return ""


def _confirmed(case: Case) -> bool:
    found = Document.objects.filter(case_link__case=case, kind="contact_confirmation")
    return found.filter(status=Document.Status.ISSUED).exists()


def _public(case: Case, addressee: Addressee, facts: Facts) -> str:
    wanted = {"place": "地点", "hour": "时间", "participants": "参加人"}
    if lacking := [label for name, label in wanted.items() if not facts.get(name)]:
        return f"宣告送达要写明{'、'.join(lacking)}，请补填。"
    if not facts.get("agreed"):
        return "宣告送达要经单位同意。请确认单位同意，或者改用其他方式。"
    return why_not_signed(case, addressee, facts)


RULES: dict[Service.Means, Callable[[Case, Addressee, Facts], str]] = {
    Means.DIRECT: why_not_signed,
    Means.LEFT: _left,
    Means.ENTRUSTED: _entrusted,
    Means.POST: _post,
    Means.NOTICE: _notice,
    Means.ELECTRONIC: _electronic,
    Means.PUBLIC: _public,
}
