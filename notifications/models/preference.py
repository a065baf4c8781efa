import uuid
from datetime import time

from django.db import models

from accounts.models import User
from core.crypto import EncryptedTextField


class Preference(models.Model):
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
    quiet_from = models.TimeField("免打扰开始", default=time(20))
    quiet_to = models.TimeField("免打扰结束", default=time(8))
    digest = models.BooleanField("每天 8:30 汇总", default=True)
    version = models.PositiveIntegerField("版本", default=1)

    class Meta:
        verbose_name = verbose_name_plural = "通知偏好"

    def __str__(self) -> str:
        return f"{self.user} 的通知偏好"
