"""案件要素, from the court's side: filing, hearing, judgment, enforcement, arbitration."""

from datetime import date
from decimal import Decimal
from functools import cached_property

from django.utils import timezone

from cases.models import Arbitration, Case, Enforcement, Filing, Hearing, Judgment


class KnownInCourt:
    """What the case knows of court and board; the newest of each."""

    def __init__(self, case: Case) -> None:
        self.case = case

    @cached_property
    def _filing(self) -> Filing | None:
        return Filing.objects.filter(case=self.case).order_by("pk").last()

    @property
    def court(self) -> str:
        return self._filing.court if self._filing else self.case.intended_court

    @property
    def court_number(self) -> str:
        return self._filing.court_number if self._filing else ""

    @cached_property
    def _hearing(self) -> Hearing | None:
        return Hearing.objects.filter(filing__case=self.case).order_by("held_at").last()

    @property
    def hearing_at(self) -> str:
        if self._hearing is None:
            return ""
        at = timezone.localtime(self._hearing.held_at)
        return f"{at.year}年{at.month}月{at.day}日{at.hour}时{at.minute:02}分"

    @property
    def hearing_place(self) -> str:
        return self._hearing.place if self._hearing else ""

    @cached_property
    def _judgment(self) -> Judgment | None:
        return Judgment.objects.filter(filing__case=self.case).order_by("instance", "pk").last()

    @property
    def judgment_number(self) -> str:
        return self._judgment.number if self._judgment else ""

    @property
    def judged_on(self) -> date | None:
        return self._judgment.made_on if self._judgment else None

    @property
    def effective_on(self) -> date | None:
        return self._judgment.effective_on if self._judgment else None

    @property
    def awarded(self) -> Decimal | None:
        return self._judgment.total if self._judgment else None

    @cached_property
    def _enforcement(self) -> Enforcement | None:
        return Enforcement.objects.filter(case=self.case).first()

    @property
    def enforcing_court(self) -> str:
        return self._enforcement.court if self._enforcement else self.court

    @cached_property
    def _arbitration(self) -> Arbitration | None:
        return Arbitration.objects.filter(case=self.case).order_by("pk").last()

    @property
    def board(self) -> str:
        return self._arbitration.board if self._arbitration else ""

    @property
    def arbitration_words(self) -> str:
        """尚未申请, or which board, when, with which result."""
        found = self._arbitration
        if found is None:
            return ""
        day = found.applied_on
        return f"{day.year}年{day.month}月{day.day}日向{found.board}申请仲裁，{found.get_result_display()}"
