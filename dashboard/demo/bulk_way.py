"""How a bulk case went on after its registration: accepted, reviewed, decided, in court, paid, closed."""

import hashlib
import json
from decimal import Decimal
from typing import Any

from approvals.models import ApprovalRound, ApprovalStep, Capacity
from cases.models import (
    Acceptance,
    Allocation,
    Archiving,
    Award,
    Closure,
    Decision,
    Filing,
    Hearing,
    Judgment,
    LegalTrack,
    Procedure,
    Proposal,
    Recovery,
    Review,
)
from cases.workflow import Matter, Stage
from dashboard.demo.bulk_case import COURT, BulkCase
from documents.models import Document, Issue, Number, Version

REASONS = "用工与欠薪事实清楚，证据基本充分。"
GROUNDS = {Matter.DECLINE: "facts", Matter.TERMINATE: "performed"}
CHANNELS = {
    Stage.TERMINATED: [Recovery.Channel.PRE_SUIT_SETTLEMENT],
    Stage.ENFORCEMENT: [Recovery.Channel.ENFORCED, Recovery.Channel.WAGE_DEPOSIT],
}
AFTER_COURT = [Recovery.Channel.AFTER_JUDGMENT, Recovery.Channel.ENFORCED, Recovery.Channel.VOLUNTARY]


class Way(BulkCase):
    """The steps in their order; each makes the rows that its verb would have made."""

    def go(self) -> None:
        """Everything behind the registration, as far as the stage says."""
        self.matter = {Stage.DECLINED: Matter.DECLINE, Stage.TERMINATED: Matter.TERMINATE}.get(
            self.until, Matter.SUPPORT
        )
        if self.until == Stage.REJECTED:
            self._accept("rejected", ground="no_respondent", advice="可向劳动保障监察机构投诉。")
        if "accepted" in self.steps:
            self._number()
            self._accept("accepted")
            self._review()
        for step in ("proposed", "decided", "filed", "heard", "judged", "paid", "closed", "archived"):
            if step in self.steps:
                getattr(self, f"_{step}")()

    def _number(self) -> None:
        day = self.day("accepted")
        series, self.case.official_number = self.office.official_number(day.year)
        number = Number(series=series, seq=series.last, text=self.case.official_number, taken_by=self.head)
        self.add(number)

    def _accept(self, outcome: str, **more: Any) -> None:
        decided = {"decided_on": self.day("accepted"), "examined_by": self.handler}
        self.add(
            Acceptance(case=self.case, outcome=outcome, **decided, **more, **self.by("accepted", self.head))
        )

    def _review(self) -> None:
        review = Review(case=self.case, opened_at=self.at("accepted"))
        if "reviewed" in self.steps:
            review.legal_track = LegalTrack.SERVICE
            review.track_reasons = "由带班人直接招用、按日计酬，没有劳动合同。"
            review.track_decided_by, review.track_decided_at = self.handler, self.at("reviewed")
            review.facts_found = review.evidence_opinion = review.legal_opinion = REASONS
            review.concluded_at = self.at("proposed")
        self.add(review)

    def _proposed(self) -> None:
        is_open = "decided" not in self.steps
        round_ = ApprovalRound(
            organisation=self.office.unit,
            matter=self.matter,
            title=f"{self.matter.label} {self.case}",
            owner_url=f"{self.case.get_absolute_url()}approval/",
            content_hash=hashlib.sha256(self.case.code.encode()).hexdigest(),
            submitted_by=self.handler,
            submitted_at=self.at("proposed"),
        )
        if not is_open:
            round_.status, round_.closed_at = ApprovalRound.Status.APPROVED, self.at("decided")
        self.add(round_)
        self._step(round_, 1, Capacity.HEAD, acted=True)
        self._step(round_, 2, Capacity.CHIEF, acted=not is_open)
        self.proposal = self.add(
            Proposal(
                case=self.case,
                matter=self.matter,
                round=round_,
                reasons=REASONS,
                ground=GROUNDS.get(self.matter, ""),
                court=COURT if self.matter == Matter.SUPPORT else "",
                document=self._letter(is_open) if self.matter == Matter.SUPPORT else None,
                **self.by("proposed", self.handler),
            )
        )

    def _step(self, round_: ApprovalRound, order: int, capacity: Capacity, *, acted: bool) -> None:
        who = self.head if capacity == Capacity.HEAD else self.chief
        step = ApprovalStep(
            round=round_, order=order, capacity=capacity, assigned_to=who, drafted_by=self.handler
        )
        if acted:
            step.actor, step.result, step.opinion = who, ApprovalStep.Result.AGREE, "同意。"
            step.acted_at = self.at("decided" if order == 2 else "proposed")
        self.add(step)

    def _letter(self, is_open: bool) -> Document:
        """The paper's row and one short text: bulk cases have no PDF."""
        status = Document.Status.IN_APPROVAL if is_open else Document.Status.ISSUED
        made = {"created_by": self.handler, "created_at": self.at("proposed")}
        title = "支持起诉书"
        letter = self.add(
            Document(organisation=self.office.unit, kind="support_letter", title=title, status=status, **made)
        )
        version = self.add(
            Version(
                document=letter,
                n=1,
                facts_json=json.dumps({}),
                body="<p>测试数据，没有正文。</p>",
                template_version="bulk",
                content_hash=hashlib.sha256(self.case.code.encode()).hexdigest(),
                made_by=self.handler,
            )
        )
        if not is_open:
            issued = {"issued_on": self.day("decided"), "issued_by": self.chief}
            self.add(Issue(document=letter, version=version, number=self.case.official_number, **issued))
        return letter

    def _decided(self) -> None:
        self.add(
            Decision(
                case=self.case,
                proposal=self.proposal,
                outcome=self.matter,
                ground=GROUNDS.get(self.matter, ""),
                reasons=REASONS,
                court=COURT if self.matter == Matter.SUPPORT else "",
                decided_on=self.day("decided"),
                drafted_by=self.handler,
                claimed_amount=sum((due for _, due in self.claims), Decimal()),
                claimant_count=len(self.claims),
                **self.by("decided", self.chief),
            )
        )

    def _filed(self) -> None:
        day, seq = self.day("filed"), int(self.case.code.rsplit("-", 1)[1])
        self.filing = self.add(
            Filing(
                case=self.case,
                court=COURT,
                court_number=f"（{day.year}）内0902民初{90_000 + seq}号",
                filed_on=day,
                procedure=Procedure.SIMPLIFIED,
                judge="王法官",
                fee_handling=Filing.FeeHandling.NOT_PREPAID,
                **self.by("filed", self.handler),
            )
        )

    def _heard(self) -> None:
        held = {"held_at": self.at("heard"), "place": "第三审判庭", "note": "原被告到庭，当庭质证。"}
        self.add(Hearing(filing=self.filing, **held, **self.by("heard", self.handler)))

    def _judged(self) -> None:
        judgment = self.add(
            Judgment(
                filing=self.filing,
                kind=Judgment.Kind.JUDGMENT,
                result=Judgment.Result.FULL,
                adopted=Judgment.Adopted.FULL,
                number=f"{self.filing.court_number}民事判决书",
                made_on=self.day("judged"),
                last_served_on=self.day("judged"),
                effective_on=self.day("effective"),
                performance_due_on=self.day("effective"),
                **self.by("judged", self.handler),
            )
        )
        for claimant, amount in self.claims:
            self.add(Award(judgment=judgment, claimant=claimant, amount=amount))

    def _paid(self) -> None:
        """Entered by the clerk, verified by the handler; in 履行与执行 only the first half is paid yet."""
        payers = self.claims
        if self.until == Stage.ENFORCEMENT:
            payers = payers[: len(payers) // 2]
        if not payers:
            return
        recovery = self.add(
            Recovery(
                case=self.case,
                organisation=self.office.unit,
                paid_on=self.day("paid"),
                amount=sum((due for _, due in payers), Decimal()),
                channel=self.office.random.choice(CHANNELS.get(self.until, AFTER_COURT)),
                payer="被申请人",
                proof_note="银行回单",
                verified_by=self.handler,
                verified_at=self.at("paid"),
                **self.by("paid", self.clerk),
            )
        )
        for one, due in payers:
            self.add(Allocation(recovery=recovery, claimant=one, person=one.person, amount=due))

    def _closed(self) -> None:
        closed = self.day("closed")
        self.add(Closure(case=self.case, result="paid", closed_on=closed, **self.by("closed", self.handler)))

    def _archived(self) -> None:
        day = self.day("archived")
        where = {"volume": f"民支-{self.case.code}", "pages": 86, "retention": "永久"}
        self.add(Archiving(case=self.case, archived_on=day, **where, **self.by("archived", self.clerk)))
