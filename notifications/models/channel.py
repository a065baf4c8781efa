import uuid

from django.db import models
from django.db.models import Q

from accounts.models import Organisation, User
from core import clock
from core.crypto import EncryptedTextField
from notifications.models.quiet import QuietHours


class ChannelQuerySet(models.QuerySet["Channel"]):
    def visible_to(self, user: User) -> "ChannelQuerySet":
        """A unit's administrator sees the groups of that unit."""
        return self.filter(organisation_id=user.organisation_id)

    def lock(self, channel: "Channel") -> "Channel":
        return self.select_for_update(of=("self",)).get(pk=channel.pk)


class Channel(QuietHours):
    """群机器人: a unit's group at 企业微信 or 钉钉. The address carries its key and is therefore kept encrypted.

    Its quiet hours hold back everything but what is urgent (今天到期、超期).
    """

    class Kind(models.TextChoices):
        WECOM = "wecom", "企业微信"
        DINGTALK = "dingtalk", "钉钉"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", verbose_name="单位"
    )
    name = models.CharField("名称", max_length=40)
    kind = models.CharField("类型", max_length=10, choices=Kind)
    address = EncryptedTextField("地址", purpose="channel")
    secret = EncryptedTextField("加签密钥", purpose="channel", null=True, blank=True)
    topics = models.JSONField("通知类别", default=list, blank=True)
    is_active = models.BooleanField("启用", default=True)
    last_sent_at = models.DateTimeField("最近发送时间", null=True, blank=True)
    created_at = models.DateTimeField("登记时间", default=clock.now)
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name="登记人")
    version = models.PositiveIntegerField("版本", default=1)

    objects = ChannelQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "群机器人"
        ordering = ["organisation_id", "name"]
        constraints = [
            models.UniqueConstraint(
                name="channel_name_once_per_unit",
                fields=["organisation", "name"],
                violation_error_message="本单位已有同名的群机器人，请换一个名称。",
            ),
            models.CheckConstraint(
                name="channel_kind_is_known",
                condition=Q(kind__in=["wecom", "dingtalk"]),
                violation_error_message="群机器人类型不在列表里，请重新选择。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.name}"

    @property
    def ending(self) -> str:
        """The last four of the address: enough to tell two groups apart, too little to write to one."""
        return self.address[-4:]
