import uuid

from django.db import models

from accounts.models import User
from core.crypto import EncryptedTextField
from notifications.models.quiet import QuietHours
from notifications.models.topic import Topic

AT_ONCE = frozenset({Topic.DEADLINE, Topic.ESCALATION, Topic.URGE, Topic.DIGEST})


class Preference(QuietHours):
    """通知偏好: by which channel a person hears of what, and when not. Nobody can silence a deadline in here.

    `choices` maps a topic to {"mail": "now" | "digest" | "off", "sms": "now" | "off"}. The mobile number is personal
    data and kept encrypted. Quiet hours hold back everything outside the application but what is urgent.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.OneToOneField(
        User, on_delete=models.CASCADE, related_name="preference", verbose_name="用户"
    )
    mobile = EncryptedTextField("手机号", purpose="mobile", null=True, blank=True)
    choices = models.JSONField("渠道选择", default=dict, blank=True)
    digest = models.BooleanField("每天 8:30 汇总", default=True)
    version = models.PositiveIntegerField("版本", default=1)

    class Meta:
        verbose_name = verbose_name_plural = "通知偏好"

    def __str__(self) -> str:
        return f"{self.user} 的通知偏好"

    def mail(self, topic: str) -> str:
        """`now`, `digest` or `off`: unless chosen, what has a date comes at once and the rest with the digest."""
        usual = "now" if topic in AT_ONCE else "digest"
        return str(self.choices.get(topic, {}).get("mail", usual))

    def sms(self, topic: str) -> str:
        """`now` or `off`: text messages are sent to those who asked for them."""
        return str(self.choices.get(topic, {}).get("sms", "off"))
