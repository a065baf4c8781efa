"""The lead's procedure as data (decisions.md 7, domain.md §3.1). No queries here."""

from django.db import models


class Status(models.TextChoices):
    """线索状态. One writer: `referrals.journal.move`."""

    DRAFT = "draft", "草稿"
    SUBMITTED = "submitted", "待接收"
    RETURNED = "returned", "退回补正"
    CONVERTED = "converted", "已转申请"
    REDIRECTED = "redirected", "引导其他途径"
    CONSULTED = "consulted", "仅咨询"
    UNWILLING = "unwilling", "当事人不愿"
    INVALID = "invalid", "重复或无效"
    TRANSFERRED = "transferred", "移送他院"


class Act(models.TextChoices):
    """动作 of the lead's timeline."""

    SUBMIT = "submit", "移送"
    RETURN = "return", "退回补正"
    SUPPLEMENT = "supplement", "补正后重新提交"
    CONVERT = "convert", "接收并转为申请"
    REDIRECT = "redirect", "引导其他途径"
    CONSULT = "consult", "仅咨询，办结"
    UNWILLING = "unwilling", "当事人不愿，办结"
    INVALIDATE = "invalidate", "重复或无效，办结"
    TRANSFER = "transfer", "移送他院"
    RECEIVE_TRANSFER = "receive_transfer", "收到他院移送"
    ATTACH = "attach", "补充材料"
    DETACH = "detach", "移除材料"
    FEEDBACK = "feedback", "反馈结果"
    NOTE = "note", "内部备注"


# What may happen to a lead in which status, and where it leads.
FLOW: dict[Act, tuple[frozenset[Status], Status]] = {
    Act.SUBMIT: (frozenset({Status.DRAFT}), Status.SUBMITTED),
    Act.RECEIVE_TRANSFER: (frozenset({Status.DRAFT}), Status.SUBMITTED),
    Act.RETURN: (frozenset({Status.SUBMITTED}), Status.RETURNED),
    Act.SUPPLEMENT: (frozenset({Status.RETURNED}), Status.SUBMITTED),
    Act.CONVERT: (frozenset({Status.SUBMITTED, Status.RETURNED}), Status.CONVERTED),
    Act.REDIRECT: (frozenset({Status.SUBMITTED, Status.RETURNED}), Status.REDIRECTED),
    Act.CONSULT: (frozenset({Status.SUBMITTED, Status.RETURNED}), Status.CONSULTED),
    Act.UNWILLING: (frozenset({Status.SUBMITTED, Status.RETURNED}), Status.UNWILLING),
    Act.INVALIDATE: (frozenset({Status.SUBMITTED, Status.RETURNED}), Status.INVALID),
    Act.TRANSFER: (frozenset({Status.SUBMITTED, Status.RETURNED}), Status.TRANSFERRED),
}
OPEN = frozenset({Status.SUBMITTED, Status.RETURNED})
CLOSED = frozenset(
    {Status.REDIRECTED, Status.CONSULTED, Status.UNWILLING, Status.INVALID, Status.TRANSFERRED}
)
# What a partner may read in the timeline of its own lead; notes of the office are never among it.
TOLD = frozenset(set(Act) - {Act.NOTE, Act.RECEIVE_TRANSFER})


class Missing(models.TextChoices):
    """需补正的内容: the checklist of 退回补正, in words for the partner."""

    IDENTITY = "identity", "务工人员身份证号或身份证照片"
    PHONE = "phone", "务工人员或经办人联系电话"
    PERIOD = "period", "务工起止时间"
    AMOUNT = "amount", "欠薪金额及计算依据"
    EMPLOYER = "employer", "用人单位全称或统一社会信用代码"
    PROJECT = "project", "工程项目名称和地点"
    EVIDENCE = "evidence", "欠条、工资表、考勤等证据材料"
    FACTS = "facts", "用工和催要经过"
    WILLINGNESS = "willingness", "务工人员申请支持起诉的意愿"
    OTHER = "other", "其他（见说明）"
