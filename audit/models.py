"""操作日志: who looked, took away, signed in, changed rights, was refused. Labels only; it knows nobody."""

from django.db import models

from core import clock


class Verb(models.TextChoices):
    SIGN_IN = "sign_in", "登录"
    SIGN_IN_FAILED = "sign_in_failed", "登录失败"
    SIGN_OUT = "sign_out", "退出"
    REVEAL = "reveal", "查看脱敏信息"
    DOWNLOAD = "download", "下载"
    EXPORT = "export", "导出"
    DENIED = "denied", "拒绝访问"
    RIGHTS_CHANGED = "rights_changed", "变更权限"
    SEARCH = "search", "检索"
    SETTING_CHANGED = "setting_changed", "修改设置"


class Entry(models.Model):
    """操作日志条目. Never changed, never removed (triggers refuse); written by `audit.log.record` alone.

    The actor, the unit and the object are kept as text: the log stands when they are gone.
    """

    at = models.DateTimeField("时间", default=clock.now)
    actor_number = models.BigIntegerField("操作人编号", null=True)
    actor = models.CharField("操作人", max_length=100)
    organisation = models.CharField("单位代码", max_length=40, blank=True)
    verb = models.CharField("操作", max_length=20, choices=Verb)
    target_label = models.CharField("对象", max_length=200)
    target_id = models.CharField("对象编号", max_length=64, blank=True)
    detail = models.CharField("说明", max_length=500, blank=True)
    ip = models.GenericIPAddressField("来源地址", null=True)
    request_id = models.CharField("请求编号", max_length=36, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "操作日志"
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["-at"], name="audit_newest"),
            models.Index(fields=["actor_number", "-at"], name="audit_of_actor"),
            models.Index(fields=["target_id", "-at"], name="audit_of_target"),
        ]

    def __str__(self) -> str:
        return f"{self.actor} {self.get_verb_display()} {self.target_label}"


class Seal(models.Model):
    """日志封存: one link of a keyed chain over the entries that had no seal yet (security.md 6.2).

    `chain` = HMAC-SM3(previous chain | root | count | total | at), with the key `audit` of root key `kid`.
    """

    number = models.PositiveIntegerField("序号", unique=True)
    at = models.DateTimeField("时间", default=clock.now)
    count = models.PositiveIntegerField("本次条数")
    total = models.PositiveBigIntegerField("累计条数")
    kid = models.PositiveSmallIntegerField("密钥编号")
    root = models.BinaryField("根", max_length=32)
    chain = models.BinaryField("链", max_length=32)

    class Meta:
        verbose_name = verbose_name_plural = "日志封存"
        ordering = ["number"]

    def __str__(self) -> str:
        return f"第 {self.number} 次封存，{self.count} 条"


class SealedEntry(models.Model):
    """已封存条目: the keyed digest of an entry when sealed. No FK: it outlives a removed entry."""

    entry_number = models.BigIntegerField("条目编号", primary_key=True)
    seal = models.ForeignKey(Seal, on_delete=models.PROTECT, related_name="entries", verbose_name="封存")
    leaf = models.BinaryField("摘要", max_length=32)

    class Meta:
        verbose_name = verbose_name_plural = "已封存条目"
        ordering = ["entry_number"]

    def __str__(self) -> str:
        return str(self.entry_number)
