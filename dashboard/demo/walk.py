"""Walks one plot through the real verbs, day by day, as the people who would do it: court, enforcement, money."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal

from cases.enforcement import actions as following
from cases.filing import actions as court
from cases.models import Claimant, Recovery
from cases.occurrences import actions as occurrences
from cases.recovery import actions as money
from core.clock import SHANGHAI
from dashboard.demo.deciding import Deciding
from dashboard.demo.stride import COURT

COPY_SERVED, ANSWERED = 3, 15  # days after the filing


class Walk(Deciding):
    """The whole way, to the archive."""

    def file(self, days: int = 14) -> None:
        with self.at(days) as day:
            court.file(
                self.case,
                court=COURT,
                court_number=f"（{day.year}）内0902民初{self.plot.court_number}号",
                filed_on=day,
                procedure="simplified",
                judge="王法官",
                fee_handling="not_prepaid",
                by=self.handler,
            )
        if self.plot.days_ago > days + ANSWERED:
            self.happens("copy_served", days + COPY_SERVED)
            self.happens("answered", days + ANSWERED)

    def happens(self, kind: str, days: int) -> None:
        """An event of the court or another body, as `cases.occurrences.kinds` has it."""
        with self.at(days) as day:
            occurrences.record(self.case, kind=kind, on=day, by=self.handler)

    def hear(self, days: int = 35) -> None:
        with self.at(days, 16) as day:
            held = datetime.combine(day, time(9, 30), tzinfo=SHANGHAI)
            court.hear(
                self.case, held_at=held, place="第三审判庭", note="原被告到庭，当庭质证。", by=self.handler
            )

    def judge(self, days: int = 48) -> None:
        """判决, served, in force sixteen days later."""
        with self.at(days) as day:
            awards = {one: self.owed(one) for one in self.case.claimants.standing()}
            court.judge(
                self.case,
                awards=awards,
                kind="judgment",
                result="full",
                adopted="full",
                number=f"（{day.year}）内0902民初{self.plot.court_number}号民事判决书",
                made_on=day,
                last_served_on=day,
                by=self.handler,
            )
        with self.at(days + 25) as day:
            due = day + timedelta(days=10)
            court.take_effect(self.case, effective_on=day, performance_due_on=due, by=self.handler)

    def pay(self, days: int, *, only: int | None = None) -> None:
        """Each claim of `plot.paid` arrives in full: entered by the clerk, verified by the handler."""
        payers = list(self.case.claimants.order_by("pk"))[: only or len(self.plot.paid)]
        shares = {one: self.owed(one) for one in payers}
        with self.at(days) as day:
            entry = self._enter(shares, day)
        with self.at(days + 1):
            money.verify(entry, by=self.handler)

    def _enter(self, shares: dict[Claimant, Decimal], day: date, note: str = "银行回单") -> Recovery:
        return money.enter(
            self.case,
            paid_on=day,
            amount=sum(shares.values(), Decimal()),
            channel=self.plot.channel,
            payer=self.plot.employer,
            allocations=shares,
            proof_note=note,
            by=self.clerk,
        )

    def correct(self, days: int) -> None:
        """A wrong entry, verified, then reversed by a counter-entry: it counts nothing in the end."""
        first = self.case.claimants.order_by("pk")[0]
        with self.at(days) as day:
            wrong = self._enter({first: self.owed(first) - 800}, day, "回单金额看错")
        with self.at(days + 1):
            money.verify(wrong, by=self.handler)
            counter = money.reverse(wrong, reason="金额录错，按回单更正", by=self.clerk)
        with self.at(days + 2):
            money.verify(counter, by=self.handler)

    def wait_for_verification(self, days: int) -> None:
        """Money entered but not verified yet: it counts nowhere."""
        last = self.case.claimants.order_by("-pk")[0]
        with self.at(days) as day:
            self._enter({last: Decimal("8000.00")}, day, "微信转账截图")

    def close(self, days: int) -> None:
        with self.at(days) as day:
            following.close(self.case, result="paid", closed_on=day, note="", by=self.handler)

    def archive(self, days: int) -> None:
        with self.at(days) as day:
            following.archive(
                self.case,
                archived_on=day,
                volume=f"民支-{day.year}-{self.plot.court_number}",
                pages=86,
                retention="永久",
                by=self.clerk,
            )

    def apply_for_enforcement(self, days: int) -> None:
        with self.at(days) as day:
            number = f"（{day.year}）内0902执{self.plot.court_number}号"
            following.apply(self.case, applied_on=day, court=COURT, court_number=number, by=self.handler)

    def follow_up(self, days: int) -> None:
        with self.at(days) as day:
            result = "已回访申请人，剩余款项约定年底前付清。"
            following.follow_up(self.case, kind="call_back", on=day, result=result, by=self.handler)
