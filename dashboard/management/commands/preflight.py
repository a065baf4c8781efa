from collections import Counter
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from dashboard.operations import preflight
from dashboard.operations.preflight import Level

SIGNS = {Level.OK: "✓", Level.WARN: "！", Level.FAIL: "✗"}


class Command(BaseCommand):
    """上线前检查."""

    help = "上线或升级前逐项检查；有不合格的项目时返回 1。"
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        counted: Counter[Level] = Counter()
        for finding in preflight.findings():
            counted[finding.level] += 1
            self.stdout.write(f"{SIGNS[finding.level]} {finding.level} {finding.sentence}")
        if failed := counted[Level.FAIL]:
            raise CommandError(f"{failed} 项不合格，改好后再上线。")
        self.stdout.write(
            f"可以上线；{counted[Level.WARN]} 项请留意。" if counted[Level.WARN] else "可以上线。"
        )
