from typing import Any

from django.core.management.base import BaseCommand, CommandError

from cases.recovery import check


class Command(BaseCommand):
    help = "核验回款台账：分配合计、人员、核对人、冲正逐笔核对，只报编号。"

    def handle(self, *args: Any, **options: Any) -> None:
        found = list(check.findings())
        for sentence in found:
            self.stderr.write(sentence)
        if found:
            raise CommandError(f"回款台账有 {len(found)} 处不符。")
        self.stdout.write("回款台账相符。")
