from django.db import models
from django.db.models import Q

from accounts.models import User
from cases.models.acceptance import Answer
from cases.models.base import Recorded
from cases.models.case import Case
from core import clock


class LegalTrack(models.TextChoices):
    """法律关系: the most consequential field of the system (domain.md fact 5, trap 1)."""

    UNDECIDED = "undecided", "待定"
    LABOUR = "labour", "劳动关系"
    SERVICE = "service", "劳务关系"
    CONTRACT_WORK = "contract_work", "承揽关系"
    DISPATCH = "dispatch", "劳务派遣"
    PART_TIME = "part_time", "非全日制用工"
    PLATFORM = "platform", "新就业形态"
    OVER_AGE = "over_age", "超龄用工"
    NOT_WORK = "not_work", "非用工关系"


ARBITRATION_FIRST = frozenset({LegalTrack.LABOUR, LegalTrack.DISPATCH, LegalTrack.PART_TIME})


class Review(models.Model):
    """审查 (S6). Opened when the case is accepted; worked on until it is submitted; reopened by a return."""

    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="review")
    legal_track = models.CharField(
        "法律关系", max_length=16, choices=LegalTrack, default=LegalTrack.UNDECIDED
    )
    track_reasons = models.TextField("认定理由", blank=True)
    track_decided_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    track_decided_at = models.DateTimeField(null=True, blank=True)
    limitation_from = models.DateField("时效起算日", null=True, blank=True)
    limitation_expires_on = models.DateField("时效届满日", null=True, blank=True)
    limitation_note = models.TextField("时效审查意见", blank=True)
    limitation_checked_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    limitation_checked_at = models.DateTimeField(null=True, blank=True)
    iou_exception = models.BooleanField("工资欠条直接起诉例外", default=False)
    iou_note = models.CharField("例外理由", max_length=200, blank=True)
    facts_found = models.TextField("查明事实", blank=True)
    evidence_opinion = models.TextField("证据分析", blank=True)
    legal_opinion = models.TextField("法律分析（本院认为）", blank=True)
    necessity = models.TextField("必要性与自愿性", blank=True)
    risks = models.TextField("风险提示", blank=True)
    opened_at = models.DateTimeField(default=clock.now)
    concluded_at = models.DateTimeField("审查终结时间", null=True, blank=True)
    version = models.PositiveIntegerField("版本", default=1)

    class Meta:
        verbose_name = verbose_name_plural = "审查"
        constraints = [
            models.CheckConstraint(
                name="decided_track_gives_reasons",
                condition=Q(legal_track="undecided", track_decided_by=None, track_decided_at=None)
                | (
                    ~Q(legal_track="undecided")
                    & ~Q(track_reasons="")
                    & Q(track_decided_by__isnull=False, track_decided_at__isnull=False)
                ),
                violation_error_message="认定法律关系要写明理由。",
            ),
            models.CheckConstraint(
                name="limitation_check_is_whole",
                condition=Q(limitation_checked_by=None, limitation_checked_at=None)
                | (
                    Q(limitation_checked_by__isnull=False, limitation_checked_at__isnull=False)
                    & ~Q(limitation_note="")
                ),
                violation_error_message="时效审查要写明意见。",
            ),
            models.CheckConstraint(
                name="iou_exception_gives_reason",
                condition=Q(iou_exception=False) | ~Q(iou_note=""),
                violation_error_message="适用工资欠条例外请写明理由。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case} 审查"


class ReviewCheck(Recorded):
    """审查清单 one line: question (of `cases.review.checklist`), answer, note. A 否 needs a note."""

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="checks")
    question = models.CharField("问题", max_length=24)
    answer = models.CharField("答复", max_length=3, choices=Answer)
    note = models.CharField("说明", max_length=300, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "审查清单"
        ordering = ["review_id", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["review", "question"],
                name="review_question_once",
                violation_error_message="审查清单的同一问题重复，请刷新后重填。",
            ),
            models.CheckConstraint(
                name="review_no_gives_note",
                condition=~Q(answer="no") | ~Q(note=""),
                violation_error_message="审查清单选“否”的项目请写明情况。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.question}：{self.get_answer_display()}"
