"""案件要素, from the decisions of the office: whom and what they concern, why, when, and what was withdrawn."""

import re
from datetime import date
from decimal import Decimal
from functools import cached_property

from cases.decision.grounds import ground_label
from cases.models import Decision, SupportWithdrawal
from cases.paperwork.known_court import KnownInCourt
from cases.paperwork.process_rows import Applicant, Opponent
from cases.workflow import Matter
from documents.models import Issue

REMARK = re.compile(r"（[^（）]*）$")
NOT_SAID = frozenset({"other"})  # 其他情形 says nothing in a sentence: the reasons beside it do


def in_a_sentence(label: str, code: str) -> str:
    """The words of a ground as a paper says them: without the remark that helps to choose it."""
    return "" if code in NOT_SAID else REMARK.sub("", label)


class KnownDecided(KnownInCourt):
    """What was decided, each outcome by itself: a paper of one must not take the reasons of another."""

    @cached_property
    def applicants(self) -> tuple[Applicant, ...]:
        found = self.case.claimants.standing().select_related("person").order_by("pk")
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
        return str(len(self.applicants) or "")

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
        found = self.case.respondents.filter(is_defendant=True).select_related("company", "person")
        return tuple(
            Opponent(
                name=each.name,
                uscc=each.company.uscc if each.company else "",
                representative=each.company.legal_representative if each.company else "",
                position=each.get_position_display(),
            )
            for each in found.order_by("pk")
        )

    @cached_property
    def _outcome(self) -> Decision | None:
        return Decision.objects.filter(case=self.case).first()

    def _decided(self, outcome: Decision.Outcome) -> Decision | None:
        return self._outcome if self._outcome and self._outcome.outcome == outcome else None

    # 不支持起诉

    @property
    def _declined(self) -> Decision | None:
        return self._decided(Decision.Outcome.DECLINE)

    @property
    def declined_on(self) -> date | None:
        return self._declined.decided_on if self._declined else None

    @property
    def decline_ground(self) -> str:
        found = self._declined
        return in_a_sentence(ground_label(Matter.DECLINE, found.ground), found.ground) if found else ""

    @property
    def decline_reasons(self) -> str:
        return self._declined.reasons if self._declined else ""

    # 终结审查

    @property
    def _terminated(self) -> Decision | None:
        return self._decided(Decision.Outcome.TERMINATE)

    @property
    def terminated_on(self) -> date | None:
        return self._terminated.decided_on if self._terminated else None

    @property
    def termination_ground(self) -> str:
        found = self._terminated
        return in_a_sentence(ground_label(Matter.TERMINATE, found.ground), found.ground) if found else ""

    @property
    def termination_reasons(self) -> str:
        return self._terminated.reasons if self._terminated else ""

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
    def support_withdrawn_on(self) -> date | None:
        return self._withdrawal.decided_on if self._withdrawal else None

    @property
    def support_withdrawal_ground(self) -> str:
        found = self._withdrawal
        return in_a_sentence(found.get_ground_display(), found.ground) if found else ""

    @property
    def support_withdrawal_reasons(self) -> str:
        return self._withdrawal.reasons if self._withdrawal else ""
