"""支持起诉的条件: each one that is lacking is a sentence of its own, listed for the page, first for the refusal."""

import pytest

from cases.decision.actions import propose
from cases.decision.guards import support_gaps
from cases.models import (
    Arbitration,
    Case,
    ClaimItem,
    Consent,
    LegalTrack,
    Respondent,
    Review,
    ReviewCheck,
)
from cases.workflow import Matter
from core import clock
from documents import papers
from tests.cases.deciding import supportable
from tests.cases.factories import CaseFactory, ClaimantFactory, EvidenceFactory
from tests.cases.traces import refused


@pytest.fixture
def case(cast):
    assert cast.head
    assert cast.chief
    return supportable(cast)


def review(case, **fields):
    Review.objects.filter(case=case).update(**fields)


def revoke(case):
    Consent.objects.create(
        claimant=case.claimants.first(), kind="revoked", given_on=clock.today(), recorded_by=case.handler
    )


def no_consent(case):
    ClaimantFactory(case=case, signed=False)


def no_standing_claimant(case):
    case.claimants.update(
        withdrawn_on=clock.today(), withdrawn_by=case.handler, withdrawal_reason="已领到工资"
    )


def undecided(case):
    review(case, legal_track="undecided", track_reasons="", track_decided_by=None, track_decided_at=None)


def unchecked_limitation(case):
    review(case, limitation_checked_by=None, limitation_checked_at=None)


def other_claims(case):
    EvidenceFactory(case=case)
    review(case, legal_track="labour", iou_exception=True, iou_note="有欠条")
    ClaimItem.objects.create(
        claimant=case.claimants.first(), kind="severance", due=100, recorded_by=case.handler
    )


def no_iou(case):
    review(case, legal_track="labour", iou_exception=True, iou_note="有欠条")
    case.evidence.update(removed_at=clock.now(), removed_reason="不是本案的")


GAPS = [
    (lambda case: Case.objects.filter(pk=case.pk).update(handler=None), "案件还没有承办人。"),
    (no_standing_claimant, "没有仍在申请的申请人"),
    (revoke, "还没有登记自愿申请，或者已撤回同意"),
    (no_consent, "还没有登记自愿申请，或者已撤回同意"),
    (lambda case: Respondent.objects.filter(case=case).update(is_defendant=False), "列为被告的被申请人"),
    (undecided, "还没认定法律关系。"),
    (lambda case: review(case, legal_track="labour"), "认定为劳动关系，要先经劳动仲裁。"),
    (lambda case: review(case, legal_track="dispatch"), "认定为劳务派遣，要先经劳动仲裁。"),
    (no_iou, "适用工资欠条例外，但证据里没有欠条。"),
    (other_claims, "工资欠条例外只适用于欠付工资。"),
    (unchecked_limitation, "还没审查诉讼时效。"),
    (lambda case: ReviewCheck.objects.first().delete(), "审查清单还有 1 项没答。"),
    (
        lambda case: papers.void(case.case_documents.get().document, reason="重写", by=case.handler),
        "还没起草",
    ),
]


@pytest.mark.parametrize(("lack", "sentence"), GAPS)
def test_each_condition_that_is_lacking_is_said_and_stops_the_submission(cast, case, lack, sentence):
    assert support_gaps(case) == []
    lack(case)
    case = Case.objects.get(pk=case.pk)

    assert [gap for gap in support_gaps(case) if sentence in gap.sentence]
    with refused("。"):
        propose(case, matter=Matter.SUPPORT, reasons="理由。", by=cast.prosecutor)


def test_the_refusal_says_the_first_of_the_list(cast, case):
    undecided(case)
    unchecked_limitation(case)

    gaps = support_gaps(case)

    assert len(gaps) == 2
    with refused(gaps[0].sentence):
        propose(case, matter=Matter.SUPPORT, reasons="理由。", by=cast.prosecutor)


@pytest.mark.parametrize("result", sorted(Arbitration.OPENS_COURT))
def test_arbitration_that_opens_the_court_is_enough(case, result):
    review(case, legal_track="labour")
    Arbitration.objects.create(
        case=case,
        board="集宁区劳动人事争议仲裁委员会",
        applied_on=clock.today(),
        result=result,
        result_on=clock.today(),
        recorded_by=case.handler,
    )

    assert support_gaps(case) == []


def test_an_iou_in_evidence_and_nothing_but_wages_is_enough(case):
    review(case, legal_track=LegalTrack.LABOUR, iou_exception=True, iou_note="有欠条，只请求工资")

    assert support_gaps(case) == []


def test_an_expired_limitation_is_no_bar(case):
    review(case, limitation_expires_on=case.received_on)

    assert support_gaps(case) == []


def test_a_case_that_was_never_accepted_has_one_answer(cast):
    assert len(support_gaps(CaseFactory(handler=cast.prosecutor))) == 1
