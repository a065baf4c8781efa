"""案件要素, from the decisions of the office: whom and what they concern, why, when, and what was withdrawn."""

from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any

from cases.decision.grounds import ground_label
from cases.models import Decision, SupportWithdrawal, Suspension
from cases.paperwork.known_court import KnownInCourt
from cases.paperwork.process_rows import Applicant, Opponent
from cases.paperwork.standing import standing
from cases.workflow import PAPER_OF, Matter
from documents import papers
from documents.models import Document, Issue


class KnownDecided(KnownInCourt):
    """What was decided, each outcome by itself: a paper of one must not take the reasons of another.

    Until then its own paper says what is going to be proposed.
    """

    @cached_property
    def applicants(self) -> tuple[Applicant, ...]:
        """Who stands; of a case that everybody left, whoever applied: its decision is for them."""
        claimants = self.case.claimants.select_related("person").order_by("pk")
        found = claimants.filter(withdrawn_on=None) or claimants
        return tuple(
            Applicant(
                name=each.person.name,
                sex=each.person.sex,
                born=each.person.born_on,
                ethnicity=each.person.ethnicity,
            )
            for each in found
        )

    @property
    def headcount(self) -> str:
        return str(self.case.claimants.standing().count() or "")

    @property
    def owed_total(self) -> Decimal | None:
        """Σ owed of those who stand, in yuan; unknown while nobody has a claim."""
        owed = [
            item.owed
            for each in self.case.claimants.standing().prefetch_related("items")
            for item in each.items.all()
        ]
        return sum(owed, Decimal(0)) if owed else None

    @property
    def opponents(self) -> tuple[Opponent, ...]:
        """Defendants; where nobody is to be sued, whoever the application names."""
        named = self.case.respondents.select_related("company", "person").order_by("pk")
        found = named.filter(is_defendant=True) or named
        return tuple(
            Opponent(
                name=each.name,
                uscc=each.company.uscc if each.company else "",
                representative=each.company.legal_representative if each.company else "",
                position=each.get_position_display(),
            )
            for each in found
        )

    @cached_property
    def _outcome(self) -> Decision | None:
        return Decision.objects.filter(case=self.case).first()

    def _decided(self, outcome: Decision.Outcome) -> Decision | None:
        return self._outcome if self._outcome and self._outcome.outcome == outcome else None

    def _written(self, matter: Matter, name: str) -> Any:
        """Before the decision the paper that is being written is the record of what it will say."""
        found = standing(self.case, PAPER_OF[matter])
        if found is None or found.status == Document.Status.ISSUED:
            return None
        return getattr(papers.facts_of(found.latest), name)

    # 不支持起诉

    @property
    def _declined(self) -> Decision | None:
        return self._decided(Decision.Outcome.DECLINE)

    @property
    def decline_ground(self) -> str:
        """By its full words, as it is chosen; so with every ground here."""
        if found := self._declined:
            return ground_label(Matter.DECLINE, found.ground)
        return self._written(Matter.DECLINE, "ground") or ""

    @property
    def decline_reasons(self) -> str:
        return self._declined.reasons if self._declined else self._written(Matter.DECLINE, "reasons") or ""

    # 终结审查

    @property
    def _terminated(self) -> Decision | None:
        return self._decided(Decision.Outcome.TERMINATE)

    @property
    def termination_ground(self) -> str:
        if found := self._terminated:
            return ground_label(Matter.TERMINATE, found.ground)
        return self._written(Matter.TERMINATE, "ground") or ""

    @property
    def termination_reasons(self) -> str:
        found = self._terminated
        return found.reasons if found else self._written(Matter.TERMINATE, "reasons") or ""

    # 中止审查

    @cached_property
    def _suspended(self) -> Suspension | None:
        return Suspension.objects.filter(case=self.case, lifted_on=None).first()

    @property
    def suspending_on(self) -> date | None:
        return self._suspended.starts_on if self._suspended else self._written(Matter.SUSPEND, "suspended_on")

    @property
    def suspending_ground(self) -> str:
        if found := self._suspended:
            return found.get_ground_display()
        return self._written(Matter.SUSPEND, "ground") or ""

    @property
    def suspending_reasons(self) -> str:
        return self._suspended.reason if self._suspended else self._written(Matter.SUSPEND, "reasons") or ""

    # 支持起诉、撤回支持起诉

    @cached_property
    def _support_letter(self) -> Issue | None:
        letters = Issue.objects.filter(document__kind="support_letter", document__status="issued")
        return letters.filter(document__case_link__case=self.case).order_by("pk").last()

    @property
    def support_number(self) -> str:
        return self._support_letter.number if self._support_letter else ""

    @property
    def supported_on(self) -> date | None:
        return self._support_letter.issued_on if self._support_letter else None

    @cached_property
    def _withdrawal(self) -> SupportWithdrawal | None:
        return SupportWithdrawal.objects.filter(case=self.case).first()

    @property
    def support_withdrawal_ground(self) -> str:
        if found := self._withdrawal:
            return found.get_ground_display()
        return self._written(Matter.WITHDRAW_SUPPORT, "ground") or ""

    @property
    def support_withdrawal_reasons(self) -> str:
        found = self._withdrawal
        return found.reasons if found else self._written(Matter.WITHDRAW_SUPPORT, "reasons") or ""
