from django.db import models
from django.db.models import Q

from cases.models.base import Recorded
from cases.models.case import Case
from cases.models.party import Claimant
from documents.models import Attachment


class Evidence(Recorded):
    """证据: one item of the 证据目录 with what it proves; the files hang below it."""

    class Kind(models.TextChoices):
        IOU = "iou", "工资欠条"
        SETTLEMENT_SHEET = "settlement_sheet", "结算单"
        PAYROLL = "payroll", "工资表"
        ATTENDANCE = "attendance", "考勤、打卡记录"
        CONTRACT = "contract", "劳动、劳务合同"
        BADGE = "badge", "工牌、门禁"
        BANK_STATEMENT = "bank_statement", "银行流水"
        TRANSFER_RECORD = "transfer_record", "微信、支付宝转账"
        CHAT = "chat", "微信聊天"
        RECORDING = "recording", "短信、通话录音"
        WITNESS = "witness", "工友证言"
        SITE_PHOTO = "site_photo", "工地照片视频"
        REAL_NAME_RECORD = "real_name_record", "实名制记录"
        PROJECT_CONTRACT = "project_contract", "工程、分包合同"
        REGISTRATION = "registration", "企业登记信息"
        INSPECTION_FILE = "inspection_file", "劳动监察笔录、整改指令"
        ARBITRATION_FILE = "arbitration_file", "仲裁文书"
        IDENTITY = "identity", "身份材料"
        APPLICATION = "application", "支持起诉申请书"
        OTHER = "other", "其他"

    class Form(models.TextChoices):
        DOCUMENTARY = "documentary", "书证"
        PHYSICAL = "physical", "物证"
        AUDIOVISUAL = "audiovisual", "视听资料"
        ELECTRONIC = "electronic", "电子数据"
        TESTIMONY = "testimony", "证人证言"
        STATEMENT = "statement", "当事人陈述"
        EXPERT = "expert", "鉴定意见"
        INSPECTION = "inspection", "勘验笔录"

    class Origin(models.TextChoices):
        APPLICANT = "applicant", "申请人提供"
        REFERRED = "referred", "移送"
        OBTAINED = "obtained", "本院调取"
        OPPONENT = "opponent", "对方提供"

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="evidence")
    claimant = models.ForeignKey(
        Claimant,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="evidence",
        verbose_name="所属申请人",
    )
    kind = models.CharField("证据种类", max_length=20, choices=Kind)
    form = models.CharField("证据形式", max_length=16, choices=Form)
    origin = models.CharField("来源", max_length=12, choices=Origin)
    name = models.CharField("证据名称", max_length=100)
    proves = models.CharField("证明目的", max_length=300)
    pages = models.PositiveIntegerField("页数", null=True, blank=True)
    original_seen = models.BooleanField("已核对原件", default=False)
    removed_at = models.DateTimeField("移出时间", null=True, blank=True)
    removed_reason = models.CharField("移出原因", max_length=200, blank=True)
    version = models.PositiveIntegerField("版本", default=1)

    class Meta:
        verbose_name = verbose_name_plural = "证据"
        ordering = ["case_id", "pk"]
        constraints = [
            models.CheckConstraint(
                name="evidence_removal_gives_reason",
                condition=Q(removed_at=None, removed_reason="")
                | (Q(removed_at__isnull=False) & ~Q(removed_reason="")),
                violation_error_message="移出证据请写明原因。",
            )
        ]

    def __str__(self) -> str:
        return self.name


class EvidenceFile(Recorded):
    """证据文件: an upload that belongs to one item of evidence; reachable only through its case."""

    evidence = models.ForeignKey(Evidence, on_delete=models.PROTECT, related_name="files")
    attachment = models.OneToOneField(Attachment, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = verbose_name_plural = "证据文件"
        ordering = ["pk"]

    def __str__(self) -> str:
        return str(self.attachment)
