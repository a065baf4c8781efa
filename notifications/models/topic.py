from django.db import models


class Topic(models.TextChoices):
    """通知类别: what people choose channels for. Deadlines always ring in the application."""

    DEADLINE = "deadline", "期限提醒"
    ESCALATION = "escalation", "超期升级"
    URGE = "urge", "催办、转办"
    CASE = "case", "案件进展"
    REFERRAL = "referral", "线索进展"
    DIGEST = "digest", "每日汇总"
    SYSTEM = "system", "系统"
