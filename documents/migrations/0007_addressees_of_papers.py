"""受送达人: each try of service belongs to an addressee of its paper. Rows of before get theirs from the name they bore."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import core.clock

USER = settings.AUTH_USER_MODEL


def list_addressees(apps, schema_editor):
    """Every name that a paper was sent to becomes its addressee; what was served has its result from that day."""
    Addressee, Service = apps.get_model("documents", "Addressee"), apps.get_model("documents", "Service")
    latest = {}
    for row in Service.objects.filter(to=None).order_by("pk"):
        key = (row.document_id, row.addressee)
        if key not in latest:
            latest[key] = Addressee.objects.create(
                document_id=row.document_id,
                whom="other",
                name=row.addressee,
                added_by_id=row.recorded_by_id,
                added_at=row.recorded_at,
            )
        row.to = latest[key]
        if row.served_on:
            row.result_by_id, row.result_at = row.recorded_by_id, row.recorded_at
        row.save()
    superseded(Service)
    if schema_editor is not None:
        schema_editor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def superseded(Service):
    """Of several tries to one addressee the one that served stands, else the last; the others came back."""
    for to in set(Service.objects.values_list("to", flat=True)):
        rows = list(Service.objects.filter(to=to).order_by("pk"))
        keep = next((row for row in rows if row.served_on), rows[-1])
        for row in rows:
            if row.pk == keep.pk:
                continue
            row.result_by_id, row.result_at = row.recorded_by_id, row.recorded_at
            if row.served_on:
                row.voided_by_id, row.voided_at = row.recorded_by_id, row.recorded_at
                row.void_reason = "重复登记，以先登记的为准"
            else:
                row.returned_on = row.sent_on
            row.save()


def name_addressees(apps, schema_editor):
    Service = apps.get_model("documents", "Service")
    for row in Service.objects.select_related("to"):
        row.document_id, row.addressee = row.to.document_id, row.to.name[:100]
        row.save()
    if schema_editor is not None:
        schema_editor.execute("SET CONSTRAINTS ALL IMMEDIATE")


class Migration(migrations.Migration):
    dependencies = [
        ("documents", "0006_issued_text_is_the_last"),
        migrations.swappable_dependency(USER),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="service",
            options={
                "ordering": ["to", "sent_on", "pk"],
                "verbose_name": "送达",
                "verbose_name_plural": "送达",
            },
        ),
        migrations.AddField(
            model_name="service",
            name="body",
            field=models.CharField(blank=True, max_length=100, verbose_name="受委托单位"),
        ),
        migrations.AddField(
            model_name="service",
            name="capacity",
            field=models.CharField(
                blank=True,
                choices=[
                    ("self", "本人"),
                    ("family", "同住成年家属"),
                    ("agent", "诉讼代理人"),
                    ("statutory", "法定代理人"),
                    ("designated", "指定代收人"),
                    ("unit", "单位收件人"),
                ],
                max_length=12,
                verbose_name="签收人身份",
            ),
        ),
        migrations.AddField(
            model_name="service",
            name="consent",
            field=models.CharField(blank=True, max_length=200, verbose_name="同意的记录"),
        ),
        migrations.AddField(
            model_name="service",
            name="hour",
            field=models.TimeField(blank=True, null=True, verbose_name="时间"),
        ),
        migrations.AddField(
            model_name="service",
            name="on_record",
            field=models.BooleanField(default=False, verbose_name="已拍照、录像存卷"),
        ),
        migrations.AddField(
            model_name="service",
            name="participants",
            field=models.CharField(blank=True, max_length=200, verbose_name="参加人"),
        ),
        migrations.AddField(
            model_name="service",
            name="place",
            field=models.CharField(blank=True, max_length=100, verbose_name="地点、载体或者系统"),
        ),
        migrations.AddField(
            model_name="service",
            name="result_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="结果登记时间"),
        ),
        migrations.AddField(
            model_name="service",
            name="result_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="结果登记人",
            ),
        ),
        migrations.AddField(
            model_name="service",
            name="returned_on",
            field=models.DateField(blank=True, null=True, verbose_name="退回日期"),
        ),
        migrations.AddField(
            model_name="service",
            name="tries",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.DateField(), blank=True, default=list, size=3, verbose_name="投递日期"
            ),
        ),
        migrations.AddField(
            model_name="service",
            name="void_reason",
            field=models.CharField(blank=True, max_length=200, verbose_name="撤销原因"),
        ),
        migrations.AddField(
            model_name="service",
            name="voided_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="撤销时间"),
        ),
        migrations.AddField(
            model_name="service",
            name="voided_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="撤销人",
            ),
        ),
        migrations.AddField(
            model_name="service",
            name="witness",
            field=models.CharField(blank=True, max_length=100, verbose_name="见证人"),
        ),
        migrations.AlterField(
            model_name="service",
            name="remark",
            field=models.CharField(blank=True, max_length=200, verbose_name="代收、拒收、公告或者退回的原因"),
        ),
        migrations.CreateModel(
            name="Addressee",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "whom",
                    models.CharField(
                        choices=[
                            ("court", "人民法院"),
                            ("applicant", "申请人"),
                            ("respondent", "被申请人"),
                            ("unit", "单位"),
                            ("other", "其他人"),
                        ],
                        max_length=12,
                        verbose_name="身份",
                    ),
                ),
                ("name", models.CharField(max_length=120, verbose_name="受送达人")),
                ("is_person", models.BooleanField(default=False, verbose_name="自然人")),
                ("copies", models.PositiveSmallIntegerField(default=1, verbose_name="份数")),
                ("source", models.CharField(blank=True, max_length=40, verbose_name="出处")),
                ("added_at", models.DateTimeField(default=core.clock.now, verbose_name="列入时间")),
                ("left_out_at", models.DateTimeField(blank=True, null=True, verbose_name="免送登记时间")),
                (
                    "left_out_reason",
                    models.CharField(blank=True, max_length=200, verbose_name="不送达的原因"),
                ),
                (
                    "added_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="列入人",
                    ),
                ),
                (
                    "document",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="addressees",
                        to="documents.document",
                        verbose_name="文书",
                    ),
                ),
                (
                    "left_out_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="免送登记人",
                    ),
                ),
            ],
            options={
                "verbose_name": "受送达人",
                "verbose_name_plural": "受送达人",
                "ordering": ["document", "pk"],
            },
        ),
        migrations.AddField(
            model_name="service",
            name="to",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="services",
                to="documents.addressee",
                verbose_name="受送达人",
            ),
        ),
        migrations.AlterField(
            model_name="service",
            name="document",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="documents.document",
                verbose_name="文书",
            ),
        ),
        migrations.AlterField(
            model_name="service",
            name="addressee",
            field=models.CharField(default="", max_length=100, verbose_name="受送达人"),
        ),
        migrations.RunPython(list_addressees, name_addressees),
        migrations.AlterField(
            model_name="service",
            name="to",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="services",
                to="documents.addressee",
                verbose_name="受送达人",
            ),
        ),
        migrations.RemoveField(
            model_name="service",
            name="addressee",
        ),
        migrations.RemoveField(
            model_name="service",
            name="document",
        ),
        migrations.AddConstraint(
            model_name="service",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("result_at", None), ("result_by", None), ("returned_on", None), ("served_on", None)
                    ),
                    models.Q(
                        ("result_at__isnull", False),
                        ("result_by__isnull", False),
                        ("returned_on", None),
                        ("served_on__isnull", False),
                    ),
                    models.Q(
                        ("result_at__isnull", False),
                        ("result_by__isnull", False),
                        ("returned_on__isnull", False),
                        ("served_on", None),
                    ),
                    _connector="OR",
                ),
                name="service_has_one_result",
                violation_error_message="送达结果要么是送达，要么是退回，请选一种。",
            ),
        ),
        migrations.AddConstraint(
            model_name="service",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("returned_on", None), ("returned_on__gte", models.F("sent_on")), _connector="OR"
                ),
                name="returned_after_sent",
                violation_error_message="退回日期早于送出日期，请改其中一个。",
            ),
        ),
        migrations.AddConstraint(
            model_name="service",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("void_reason", ""), ("voided_at", None), ("voided_by", None)),
                    models.Q(
                        ("voided_at__isnull", False),
                        ("voided_by__isnull", False),
                        models.Q(("void_reason", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="service_void_whole",
                violation_error_message="撤销送达登记要写明原因。",
            ),
        ),
        migrations.AddConstraint(
            model_name="service",
            constraint=models.UniqueConstraint(
                condition=models.Q(("returned_on", None), ("voided_at", None)),
                fields=("to",),
                name="one_service_at_a_time",
                violation_error_message="这名受送达人已经送出或者送达，请刷新后查看。",
            ),
        ),
        migrations.AddConstraint(
            model_name="addressee",
            constraint=models.UniqueConstraint(
                condition=models.Q(("source", ""), _negated=True),
                fields=("document", "source"),
                name="addressee_once_per_paper",
                violation_error_message="这名受送达人已经列入，请刷新后查看。",
            ),
        ),
        migrations.AddConstraint(
            model_name="addressee",
            constraint=models.CheckConstraint(
                condition=models.Q(models.Q(("name", ""), _negated=True), ("copies__gt", 0)),
                name="addressee_has_name_and_copies",
                violation_error_message="请填受送达人和份数，份数至少 1 份。",
            ),
        ),
        migrations.AddConstraint(
            model_name="addressee",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("left_out_at", None), ("left_out_by", None), ("left_out_reason", "")),
                    models.Q(
                        ("left_out_at__isnull", False),
                        ("left_out_by__isnull", False),
                        models.Q(("left_out_reason", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="addressee_left_out_whole",
                violation_error_message="不送达要写明原因。",
            ),
        ),
    ]
