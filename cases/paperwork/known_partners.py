"""案件要素, for partners (联席会议纪要、检察建议书): what may be said to people who know none of the workers."""

from decimal import Decimal

from cases.models import ClaimItem, Evidence, Respondent
from cases.paperwork.known_process import KnownInProcess
from cases.paperwork.known_sums import KnownSums
from core import money


class KnownForPartners(KnownInProcess, KnownSums):
    """First drafts of texts without any worker's name, number or period of one person (trap 22)."""

    @property
    def addressed_unit(self) -> str:
        """被建议单位: the respondent where it is one company; whoever else is meant is written instead."""
        found = [each.name for each in self._defendants if each.company]
        return found[0] if len(found) == 1 else ""

    @property
    def problem_source(self) -> str:
        if not self._matter:
            return ""
        return f"本院在办理{self._matter}中，发现你单位在工资支付管理方面存在问题，依法提出检察建议。"

    @property
    def problem_facts(self) -> str:
        """How many, where, how much, proved by which kinds of evidence."""
        if not self._claimants:
            return ""
        where = f"在{self.case.project.name}务工，" if self.case.project else ""
        facts = f"{len(self._claimants)}名劳动者{where}{self._sums}。"
        kinds = "、".join(self._kinds_of_evidence)
        return facts + (f"以上事实，有{kinds}等证据证实。" if kinds else "")

    @property
    def meeting_units(self) -> tuple[str, ...]:
        """参加单位: the office, whoever sent the lead, the court that is meant. Who came is written in."""
        source = self.case.source_unit
        found = (self.case.organisation.name, source.name if source else "", self.case.intended_court)
        return tuple(dict.fromkeys(name for name in found if name))

    @property
    def meeting_topics(self) -> tuple[str, ...]:
        return (f"{self._matter}的办理和配合（{self._sums}）",) if self._matter else ()

    @property
    def _defendants(self) -> list[Respondent]:
        found = self.case.respondents.filter(is_defendant=True).select_related("company", "person")
        return list(found.order_by("pk"))

    @property
    def _matter(self) -> str:
        """12名劳动者与示例建设工程有限公司追索劳动报酬纠纷支持起诉案."""
        against = "、".join(each.name for each in self._defendants)
        workers = len(self._claimants)
        return f"{workers}名劳动者与{against}{self.dispute}支持起诉案" if workers and against else ""

    @property
    def _sums(self) -> str:
        items = [item for each in self._claimants for item in each.items.all()]
        return f"应得{_yuan(items, 'due')}元，已付{_yuan(items, 'paid')}元，尚欠{_yuan(items, 'owed')}元"

    @property
    def _kinds_of_evidence(self) -> list[str]:
        """工资欠条、考勤记录: kinds, for the names of items may name people."""
        found = Evidence.objects.filter(case=self.case, removed_at=None).order_by("pk")
        return list(dict.fromkeys(each.get_kind_display() for each in found))


def _yuan(items: list[ClaimItem], part: str) -> str:
    return money.yuan(sum((getattr(item, part) for item in items), Decimal(0)))
