"""取自何处: where the case keeps what papers take from it, so that it is changed there and not on the paper.

Declared once for every source of `Known`; a paper names its source and nothing more.
"""

from dataclasses import dataclass

from django.urls import reverse

from cases.models import Case


@dataclass(frozen=True)
class Place:
    """A page of the case by the name that people know; without one, who keeps it."""

    label: str
    view: str = ""
    anchor: str = ""

    def url(self, case: Case) -> str:
        return f"{reverse(self.view, args=[case.code])}{self.anchor}" if self.view else ""


CASE = Place("案件", "cases:detail")
OFFICE = Place("单位信息，由系统管理员维护")

_PLACES: dict[Place, str] = {
    OFFICE: "office office_phone",
    CASE: (
        "handler case_number case_code case_title cause dispute source_unit source_number source_words project"
        " addressed_unit problem_source problem_facts meeting_units meeting_topics"
        " place application_facts request received_on accepted_on closed_on origin_words result_words"
    ),
    Place("诉求表", "cases:claims"): (
        "workers representatives representative_names applicants_short claims debts reachable contacts applicants"
        " headcount owed_total"
    ),
    Place("被申请人", "cases:claims", "#chain-title"): "respondents respondents_short opponents",
    Place("证据", "cases:evidence"): "proofs proof_names evidence_words materials",
    Place("受理", "cases:acceptance"): (
        "conditions acceptance_opinion acceptance_words acceptance_decided_on rejected_on rejection_ground"
        " rejection_advice"
    ),
    Place("补正", "cases:supplement"): "lacking supplement_due_on",
    Place("审查", "cases:review"): (
        "facts_found evidence_opinion legal_opinion support_opinion legal_track decided_track track_reasons"
        " necessity risks limitation_note"
    ),
    Place("调查核实", "cases:review_inquiries"): "inquiries",
    Place("劳动仲裁", "cases:review_arbitration"): "board arbitration_words",
    Place("中止审查", "cases:suspension"): (
        "suspended_on suspending_on suspending_ground suspending_reasons resumed_on resume_note"
    ),
    Place("报批", "cases:approval"): (
        "proposed_matter proposed_ground proposed_reasons proposed_by proposed_on concluding_matter"
        " concluding_ground concluding_reasons approval_status approval_steps"
    ),
    Place("决定", "cases:decision"): (
        "decision_reasons decided_on decline_ground decline_reasons termination_ground termination_reasons"
        " support_withdrawal_ground support_withdrawal_reasons"
    ),
    Place("文书", "cases:documents"): "support_number supported_on issued_papers filed_papers inner_papers",
    Place("起诉和审理", "cases:filing"): (
        "court court_number hearing_at hearing_place judgment_kind judgment_number judged_on effective_on awarded"
        " performance_due_on unpaid_awards unpaid_workers"
    ),
    Place("执行", "cases:enforcement"): "enforcing_court",
    Place("到账", "cases:money"): "payments",
    Place("调解", "mediation:case"): (
        "shares agreed_on agreed_performance agreed_breach mediation_body mediator"
    ),
    Place("归档", "cases:archiving"): "archived_on archive_pages archive_number retention",
}  # fmt: skip
PLACES = {source: place for place, sources in _PLACES.items() for source in sources.split()}


def place_of(source: str) -> Place:
    """Where this source is kept; the page of the case where nobody has said it."""
    return PLACES.get(source, CASE)
