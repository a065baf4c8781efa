"""案件要素, from the office's side: materials, acceptance, inquiries, suspension, proposal and approval."""

from datetime import date
from functools import cached_property

from django.utils import timezone

from approvals.models import ApprovalStep
from cases.causes import Category
from cases.decision.grounds import ground_label
from cases.models import (
    Acceptance,
    AcceptanceReview,
    Evidence,
    Inquiry,
    LegalTrack,
    Proposal,
    Review,
    Suspension,
)
from cases.paperwork.grounds import in_a_sentence
from cases.paperwork.known_decided import KnownDecided
from cases.paperwork.process_rows import Contacted, Inquired, Material, Step
from cases.workflow import STAGE_MATTERS
from documents.declaring import paper_of
from documents.models import Document

CONDITIONS = (
    "in_scope",
    "right_holder",
    "clear_respondent",
    "jurisdiction",
    "voluntary",
    "weak_ability",
    "other_relief",
    "not_in_court",
)


class KnownInProcess(KnownDecided):
    """What the office itself did in the case."""

    @property
    def case_code(self) -> str:
        return self.case.code

    @property
    def dispute(self) -> str:
        """追索劳动报酬纠纷: what the parties are at odds about, known before the cause is fixed."""
        if self.case.category == Category.WAGES:
            return "追索劳动报酬纠纷"
        return self.case.cause_name or f"{self.case.get_category_display()}纠纷"

    # 登记与受理

    @property
    def contacts(self) -> tuple[Contacted, ...]:
        found = self.case.claimants.standing().select_related("person").order_by("pk")
        return tuple(
            Contacted(name=each.person.name, phone=each.person.phone, address=each.person.address)
            for each in found
        )

    @property
    def materials(self) -> tuple[Material, ...]:
        """What the applicants handed in; what others sent or the office fetched is not theirs to sign for."""
        found = Evidence.objects.filter(case=self.case, removed_at=None, origin=Evidence.Origin.APPLICANT)
        return tuple(
            Material(
                name=each.name,
                original="已核对原件" if each.original_seen else "复印件",
                pages=str(each.pages or ""),
                whose=each.claimant.person.name if each.claimant else "",
            )
            for each in found.select_related("claimant__person").order_by("pk")
        )

    @cached_property
    def _acceptance_review(self) -> AcceptanceReview | None:
        return AcceptanceReview.objects.filter(case=self.case).first()

    @property
    def conditions(self) -> tuple[str, ...]:
        """属于本院管辖（是）: each condition with the handler's answer."""
        review = self._acceptance_review
        if review is None:
            return ()
        labels = {field.name: field.verbose_name for field in AcceptanceReview._meta.fields}
        return tuple(f"{labels[name]}（{getattr(review, f'get_{name}_display')()}）" for name in CONDITIONS)

    @property
    def acceptance_opinion(self) -> str:
        review = self._acceptance_review
        return f"{review.opinion}\n{review.get_proposal_display()}。" if review else ""

    @cached_property
    def _acceptance(self) -> Acceptance | None:
        return Acceptance.objects.filter(case=self.case).first()

    @cached_property
    def _rejection(self) -> Acceptance | None:
        found = self._acceptance
        return found if found and found.outcome == Acceptance.Outcome.REJECTED else None

    @property
    def acceptance_words(self) -> str:
        """受理, 不予受理 with the day."""
        found = self._acceptance
        if found is None:
            return ""
        return f"{found.get_outcome_display()}（{found.recorded_by.name}）"

    @property
    def acceptance_decided_on(self) -> date | None:
        return self._acceptance.decided_on if self._acceptance else None

    @property
    def rejected_on(self) -> date | None:
        return self._rejection.decided_on if self._rejection else None

    @property
    def rejection_ground(self) -> str:
        found = self._rejection
        return in_a_sentence(found.get_ground_display()) if found else ""

    @property
    def rejection_advice(self) -> str:
        return self._rejection.advice if self._rejection else ""

    # 调查核实与中止

    @property
    def inquiries(self) -> tuple[Inquired, ...]:
        return tuple(
            Inquired(
                name=each.target,
                kind=each.get_kind_display(),
                on=each.on,
                investigators=each.investigators,
                findings=each.findings,
            )
            for each in Inquiry.objects.filter(case=self.case).order_by("on", "pk")
        )

    @cached_property
    def _suspension(self) -> Suspension | None:
        return Suspension.objects.filter(case=self.case).order_by("starts_on", "pk").last()

    @property
    def suspended_on(self) -> date | None:
        return self._suspension.starts_on if self._suspension else None

    @property
    def resumed_on(self) -> date | None:
        return self._suspension.lifted_on if self._suspension else None

    @property
    def resume_note(self) -> str:
        return self._suspension.lift_note if self._suspension else ""

    # 报批

    @cached_property
    def _proposal(self) -> Proposal | None:
        found = Proposal.objects.filter(case=self.case).select_related("recorded_by", "round__submitted_by")
        return found.order_by("pk").last()

    @property
    def proposed_matter(self) -> str:
        return self._proposal.get_matter_display() if self._proposal else ""

    @property
    def proposed_ground(self) -> str:
        return ground_label(self._proposal.matter, self._proposal.ground) if self._proposal else ""

    @property
    def proposed_reasons(self) -> str:
        return self._proposal.reasons if self._proposal else ""

    @property
    def proposed_by(self) -> str:
        return self._proposal.round.submitted_by.name if self._proposal else ""

    @property
    def proposed_on(self) -> date | None:
        return timezone.localdate(self._proposal.round.submitted_at) if self._proposal else None

    @cached_property
    def _conclusion(self) -> Proposal | None:
        """The last proposal that ends the review; a suspension on the way is none."""
        found = Proposal.objects.filter(case=self.case, matter__in=STAGE_MATTERS)
        return found.order_by("pk").last()

    @property
    def concluding_matter(self) -> str:
        return self._conclusion.get_matter_display() if self._conclusion else ""

    @property
    def concluding_ground(self) -> str:
        return ground_label(self._conclusion.matter, self._conclusion.ground) if self._conclusion else ""

    @property
    def concluding_reasons(self) -> str:
        return self._conclusion.reasons if self._conclusion else ""

    @property
    def decided_track(self) -> str:
        """法律关系 once it is decided; 待定 is no finding."""
        review = Review.objects.filter(case=self.case).exclude(legal_track=LegalTrack.UNDECIDED).first()
        return review.get_legal_track_display() if review else ""

    @property
    def approval_status(self) -> str:
        return self._proposal.round.get_status_display() if self._proposal else ""

    @property
    def approval_steps(self) -> tuple[Step, ...]:
        """Every step of every round on the matter that was proposed last: a return stays on record."""
        if self._proposal is None:
            return ()
        steps = ApprovalStep.objects.filter(
            round__proposal__case=self.case, round__proposal__matter=self._proposal.matter
        )
        found = list(steps.select_related("actor", "assigned_to").order_by("round_id", "order"))
        rounds = list(dict.fromkeys(each.round_id for each in found))
        return tuple(_step(each, rounds.index(each.round_id) + 1) for each in found)

    # 发出的文书

    @property
    def issued_papers(self) -> tuple[str, ...]:
        """《受理通知书》集检民支受〔2026〕1号; what has no number of its own is not served."""
        found = Document.objects.filter(case_link__case=self.case, status=Document.Status.ISSUED)
        return tuple(
            f"《{each.title}》（{each.issue.number}）"
            for each in found.select_related("issue").order_by("issue__issued_on", "pk")
            if paper_of(each).number_kind
        )


def _step(step: ApprovalStep, n: int) -> Step:
    actor = step.actor or step.assigned_to
    return Step(
        name=f"{actor.name}（代{step.assigned_to.name}）" if step.by_deputy else actor.name,
        round=f"第{n}轮",
        capacity=step.get_capacity_display(),
        result=step.get_result_display() if step.result else "",
        opinion=step.opinion,
        acted_on=timezone.localdate(step.acted_at) if step.acted_at else None,
    )
