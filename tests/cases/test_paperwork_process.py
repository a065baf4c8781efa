"""Papers of acceptance, review, decision: what they take from the case, and what they must not."""

from datetime import date

import pytest

from accounts.models import Deputy
from cases.approval import actions as approval
from cases.models import Suspension
from cases.paperwork import approving, drafting
from cases.paperwork.catalogue import paper_by
from cases.paperwork.filling import filled
from cases.workflow import Matter, Stage
from core import clock
from core.refusals import Refused
from documents import body, screen
from tests.cases.deciding import agree_all, submitted
from tests.cases.factories import (
    AcceptanceFactory,
    AcceptanceReviewFactory,
    CaseFactory,
    ClaimantFactory,
    EvidenceFactory,
    case_of_office,
)


def facts_of(key, case):
    return filled(paper_by(key).paper.facts, case)


def text_of(version):
    return "\n".join(body.lines(version.body))


def test_the_approval_form_keeps_the_return_and_every_opinion(cast):
    first = submitted(cast)
    approval.send_back(first.case, opinion="请补充时效依据。", by=cast.head)
    Deputy.objects.create(
        absent=cast.chief,
        substitute=cast.prosecutor2,
        starts_on=clock.today(),
        ends_on=clock.today(),
    )
    second = submitted(cast, case=first.case)
    approval.approve(second.case, opinion="同意。", by=cast.head, read=True)
    approval.approve(second.case, opinion="", by=cast.prosecutor2, read=True)

    facts = facts_of("approval_form", second.case)
    assert [(each.round, each.capacity, each.name, each.result, each.opinion) for each in facts.steps] == [
        ("第1轮", "部门负责人", "赵主任", "退回修改", "请补充时效依据。"),
        ("第1轮", "分管副检察长", "孙副检察长", "", ""),
        ("第2轮", "部门负责人", "赵主任", "同意", "同意。"),
        ("第2轮", "分管副检察长", "张检察官（代孙副检察长）", "同意", ""),
    ]
    assert (facts.matter, facts.ground, facts.status) == (
        "不支持起诉",
        "事实不能认定或者证据明显不足",
        "已同意",
    )


def test_the_report_concludes_with_what_ends_the_review_and_a_finding_that_was_made(cast):
    case = case_of_office(cast, review=True)
    submitted(
        cast, Matter.SUSPEND, case, ground="other_case", starts_on=clock.today(), reasons="须等待另案。"
    )
    facts = facts_of("review_report", case)
    assert (facts.legal_track, facts.matter, facts.proposal) == ("", "", "")
    assert facts_of("approval_form", case).matter == "中止审查"
    concluded = submitted(cast).case
    facts = facts_of("review_report", concluded)
    assert (facts.legal_track, facts.matter, facts.proposal) == ("劳务关系", "不支持起诉", "理由充分。")


def test_a_decision_paper_takes_the_reasons_of_its_own_outcome_alone(cast):
    case = agree_all(cast, submitted(cast, Matter.TERMINATE, ground="other", reasons="申请人已经领到工资。"))
    terminated, declined = facts_of("terminate_decision", case), facts_of("decline_decision", case)
    assert (terminated.reasons, terminated.ground) == ("申请人已经领到工资。", "其他应当终结的情形")
    assert terminated.ground_said == ""  # 其他情形 would say nothing
    assert (declined.reasons, declined.ground) == ("", "")
    with pytest.raises(Refused, match="终结审查"):
        drafting.draft(case, paper_by("decline_decision"), by=cast.prosecutor)


def test_a_decision_is_issued_under_the_case_number_and_names_no_numbers_of_persons(cast):
    proposal = submitted(cast)
    approved = proposal.document.latest
    case = agree_all(cast, proposal)
    issued = proposal.document.issue
    assert (issued.issued_on, issued.issued_by) == (case.decision.decided_on, cast.chief)
    assert issued.version.content_hash == approved.content_hash
    text = text_of(issued.version)
    assert issued.number == case.official_number
    assert case.official_number in text
    for claimant in case.claimants.all():
        assert claimant.person.name in text
        assert claimant.person.id_number not in issued.version.facts_json
        assert claimant.person.phone not in issued.version.facts_json


def test_a_refused_application_is_answered_with_ground_and_other_ways(cast):
    case = CaseFactory(handler=cast.prosecutor, stage=Stage.REJECTED)
    AcceptanceFactory(
        case=case, outcome="rejected", ground="unlawful_purpose", advice="可以依据工程合同另行起诉。"
    )
    facts = facts_of("reject_notice", case)
    assert (facts.ground, facts.advice) == ("目的不正当", "可以依据工程合同另行起诉。")
    assert (facts.against, facts.rejected_on) == ("", case.acceptance.decided_on)


def test_the_record_of_acceptance_says_each_condition(cast):
    case = case_of_office(cast)
    AcceptanceReviewFactory(case=case, weak_ability="no")
    facts = facts_of("acceptance_record", case)
    assert len(facts.conditions) == 8
    assert "诉讼能力不足（否）" in facts.conditions
    assert facts.opinion == "符合受理条件。\n建议受理。"


def test_the_list_of_materials_has_what_the_applicant_brought_alone(cast):
    case = case_of_office(cast)
    EvidenceFactory(case=case, original_seen=True)
    EvidenceFactory(case=case, origin="obtained", name="银行流水")
    EvidenceFactory(case=case, name="旧照片", removed_at=clock.now(), removed_reason="重复")
    assert [(each.name, each.original) for each in facts_of("materials_list", case).materials] == [
        ("工资欠条", "已核对原件")
    ]


def test_resumption_names_the_last_suspension(cast):
    case = case_of_office(cast, reviewed=True)
    for start, end in ((date(2026, 3, 1), date(2026, 3, 9)), (date(2026, 4, 1), date(2026, 4, 9))):
        Suspension.objects.create(
            case=case,
            ground="mediation",
            reason="双方正在和解",
            starts_on=start,
            lifted_on=end,
            lifted_by=cast.prosecutor,
            recorded_by=cast.prosecutor,
        )
    facts = facts_of("resume_notice", case)
    assert (facts.suspended_on, facts.resumed_on) == (date(2026, 4, 1), date(2026, 4, 9))


def test_original_counterfoil_and_receipt_bear_one_number(cast):
    case, head = case_of_office(cast, reviewed=True), cast.head
    document = drafting.draft(case, paper_by("fetch_notice"), by=cast.prosecutor)
    sheet = screen.shown(document.latest.body, number="待取号")
    assert sheet.count("待取号") == 3
    typed = {"unit": "示例银行", "items": ("流水",), "due_on": clock.today(), "investigators": ("甲", "乙")}
    drafting.revise(case, document, by=cast.prosecutor, expected_n=1, **typed)
    approving.submit(case, document, by=cast.prosecutor)
    approving.approve(case, document, by=head, read=True)
    document.refresh_from_db()
    assert text_of(document.issue.version).count(document.issue.number) == 3


def test_a_receipt_of_service_lists_what_was_issued_with_a_number(cast):
    case = case_of_office(cast, reviewed=True)
    notice = drafting.issue(
        case, drafting.draft(case, paper_by("accept_notice"), by=cast.prosecutor), by=cast.prosecutor
    )
    drafting.issue(
        case, drafting.draft(case, paper_by("application"), by=cast.prosecutor), by=cast.prosecutor
    )
    assert facts_of("service_receipt", case).papers == (f"《受理通知书》（{notice.number}）",)
    receipt = drafting.draft(case, paper_by("service_receipt"), by=cast.prosecutor)
    drafting.revise(case, receipt, by=cast.prosecutor, expected_n=1, papers=("别的文书",), addressee="王某")
    assert drafting.faults(case, receipt) == []  # one receipt may be for some of the papers


def test_one_is_addressed_as_one_and_several_as_several(cast):
    case = case_of_office(cast, reviewed=True)
    assert facts_of("accept_notice", case).you == "你们"
    alone = CaseFactory(handler=cast.prosecutor, reviewed=True)
    ClaimantFactory(case=alone)
    assert facts_of("accept_notice", alone).you == "你"
