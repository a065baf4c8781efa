"""审查 (S6): legal track, limitation, arbitration, opinions, checklist, inquiries. Each saves one part."""

from datetime import date
from typing import Any

from django.db import transaction

from accounts.models import User
from cases import journal, stale
from cases.intake.actions import refuse_future
from cases.limitation import actions as limitation
from cases.limitation.watching import watch
from cases.models import Answer, Arbitration, Case, Inquiry, LegalTrack, Review, ReviewCheck
from cases.review import arbitration_clocks, policy
from cases.review.checklist import QUESTIONS
from cases.workflow import Act
from core import clock
from core.refusals import Conflict, Refused

CHECK = ("question", "answer", "note")


def _open(case: Case, by: User) -> tuple[Case, Review]:
    """Lock case and review for a handler; Refused when the review is not theirs to write now."""
    case = Case.objects.lock(case)
    if reason := policy.why_not_review(case, by):
        raise Refused(reason)
    return case, Review.objects.select_for_update().get(case=case)


@transaction.atomic
def decide_track(case: Case, *, legal_track: str, track_reasons: str, version: int, by: User) -> Review:
    """认定法律关系: with reasons, on record who and when. It decides on arbitration, limitation and fee."""
    case, review = _open(case, by)
    if reason := policy.why_not_decide_track(case, by):
        raise Refused(reason)
    if legal_track == LegalTrack.UNDECIDED or not track_reasons.strip():
        raise Refused("请选择法律关系并写明认定理由。")
    facts = {"legal_track": legal_track, "track_reasons": track_reasons}
    stale.guard(review, version, facts, "同事")
    review.track_decided_by, review.track_decided_at = by, clock.now()
    stale.save(review, facts, ("track_decided_by", "track_decided_at"))
    watch(case, by=by, reason=f"认定为{review.get_legal_track_display()}")
    journal.note(case, Act.TRACK_DECIDED, by=by, text=review.get_legal_track_display())
    return review


@transaction.atomic
def check_limitation(
    case: Case, *, limitation_from: date, limitation_note: str, version: int, by: User
) -> Review:
    """时效审查: base day and opinion. The watched period is confirmed by it, and its expiry is the review's."""
    case, review = _open(case, by)
    refuse_future("时效起算日", limitation_from)
    if review.legal_track == LegalTrack.UNDECIDED:
        raise Refused("请先认定法律关系，时效期间由它决定。")
    facts = {"limitation_from": limitation_from, "limitation_note": limitation_note}
    stale.guard(review, version, facts, "同事")
    review.limitation_checked_by, review.limitation_checked_at = by, clock.now()
    stale.save(review, facts, ("limitation_checked_by", "limitation_checked_at"))
    expires_on = limitation.checked(case, base_on=limitation_from, by=by)
    journal.note(case, Act.REVIEWED, by=by, text=f"时效审查：{expires_on} 届满")
    review.refresh_from_db(fields=["limitation_expires_on"])
    return review


@transaction.atomic
def save_opinions(
    case: Case, *, version: int, by: User, intended_court: str | None = None, **opinions: str
) -> Review:
    """保存审查意见: facts found, evidence, legal opinion, necessity, risks; and 拟诉法院, which the case keeps.

    The court goes by the review's version too: whoever changes it here counts that on. Without it, it stays.
    """
    case, review = _open(case, by)
    court = case.intended_court if intended_court is None else intended_court
    stale.guard(review, version, opinions, "同事", {"intended_court": (court, case.intended_court)})
    stale.save(review, opinions)
    if court != case.intended_court:
        case.intended_court = court
        case.save(update_fields=["intended_court"])
    journal.note(case, Act.REVIEWED, by=by)
    return review


@transaction.atomic
def claim_iou_exception(case: Case, *, iou_exception: bool, iou_note: str, version: int, by: User) -> Review:
    """工资欠条例外 (解释一第15条): whether the case goes to court without arbitration."""
    case, review = _open(case, by)
    if iou_exception and not iou_note.strip():
        raise Refused("适用工资欠条例外请写明理由。")
    facts = {"iou_exception": iou_exception, "iou_note": iou_note if iou_exception else ""}
    stale.guard(review, version, facts, "同事")
    stale.save(review, facts)
    journal.note(case, Act.REVIEWED, by=by, text="工资欠条例外" if iou_exception else "不适用工资欠条例外")
    return review


@transaction.atomic
def answer_checklist(
    case: Case, *, answers: dict[str, tuple[str, str]], by: User, version: int | None = None
) -> Review:
    """审查清单: question → (answer, note). 否 needs a note; earlier answers to the same questions are replaced.

    `version` is the review's when the form was shown; without it the answers are not from a form.
    """
    case, review = _open(case, by)
    if version is not None and version != review.version:
        _compare_answers(review, answers)
    if unknown := set(answers) - set(QUESTIONS):
        raise Refused(f"审查清单里没有这些问题：{'、'.join(sorted(unknown))}。请刷新后重填。")
    for question, (answer, note) in answers.items():
        if answer == Answer.NO and not note.strip():
            raise Refused(f"“{QUESTIONS[question]}”选了否，请写明情况。")
        ReviewCheck.objects.update_or_create(
            review=review,
            question=question,
            defaults={"answer": answer, "note": note, "recorded_by": by, "recorded_at": clock.now()},
        )
    stale.save(review, {})
    journal.note(case, Act.REVIEWED, by=by, text=f"审查清单 {len(answers)} 项")
    return review


def _compare_answers(review: Review, answers: dict[str, tuple[str, str]]) -> None:
    """Conflict where a colleague has answered otherwise; answers to what was open stand beside theirs."""
    stored = {question: (answer, note) for question, answer, note in review.checks.values_list(*CHECK)}
    differing = {}
    for question in answers.keys() & stored.keys():
        for name, mine, theirs in zip(
            (question, f"{question}_note"), answers[question], stored[question], strict=True
        ):
            if mine != theirs:
                differing[name] = (mine, theirs)
    if differing:
        raise Conflict(stale.SOMEBODY_WAS_FIRST, current=review, fields=differing)


@transaction.atomic
def record_inquiry(case: Case, *, by: User, **facts: Any) -> Inquiry:
    """调查核实 (规则69条): at least two investigators."""
    case, _ = _open(case, by)
    refuse_future("调查日期", facts["on"])
    names = set(facts["investigators"].replace("，", "、").replace(" ", "、").split("、")) - {""}
    if len(names) < 2:
        raise Refused("调查核实由二人以上进行，请写上两名以上调查人员，用顿号隔开。")
    inquiry = Inquiry.objects.create(case=case, recorded_by=by, **facts)
    journal.note(case, Act.INQUIRY, by=by, text=f"{inquiry.get_kind_display()} {inquiry.target}")
    return inquiry


@transaction.atomic
def record_arbitration(case: Case, *, by: User, **facts: Any) -> Arbitration:
    """登记劳动仲裁: what the board did, for the precondition of the 劳动 track."""
    case, _ = _open(case, by)
    refuse_future("仲裁申请日期", facts["applied_on"])
    _check_result(facts["applied_on"], facts)
    record = Arbitration.objects.create(case=case, recorded_by=by, **facts)
    arbitration_clocks.applied(case, record, by=by)
    limitation.arbitrated(case, record, by=by)
    journal.note(case, Act.REVIEWED, by=by, text=f"劳动仲裁：{record.get_result_display()}")
    return record


@transaction.atomic
def conclude_arbitration(record: Arbitration, *, by: User, **result: Any) -> Arbitration:
    """登记仲裁结果 of a pending arbitration; a result once entered stays."""
    case, _ = _open(record.case, by)
    record = Arbitration.objects.select_for_update(of=("self",)).get(pk=record.pk)
    if record.result != Arbitration.Result.PENDING:
        raise Refused(f"这次仲裁已登记结果：{record.get_result_display()}，不能再改。")
    _check_result(record.applied_on, result)
    for name, value in result.items():
        setattr(record, name, value)
    record.save(update_fields=list(result))
    arbitration_clocks.concluded(case, record, by=by)
    limitation.arbitrated(case, record, by=by)
    journal.note(case, Act.REVIEWED, by=by, text=f"劳动仲裁：{record.get_result_display()}")
    return record


def _check_result(applied_on: date, result: dict[str, Any]) -> None:
    """The board decides after it was asked, and its word arrives after it was spoken; neither lies ahead."""
    days = [applied_on, result.get("result_on"), result.get("received_on")]
    stated = [day for day in days if day]
    if stated != sorted(stated):
        raise Refused("仲裁申请、结果、收到裁决的日期先后不对，请核对。")
    refuse_future("仲裁日期", stated[-1])
