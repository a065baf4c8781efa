from typing import Any

from django.core.management.base import BaseCommand, CommandError

from documents import reconcile


class Command(BaseCommand):
    """文件与数据库互核."""

    help = "核验附件和文书文件：缺少的、多余的、内容被改动的逐条报出。"

    def handle(self, *args: Any, **options: Any) -> None:
        found = list(reconcile.findings())
        for sentence in found:
            self.stderr.write(sentence)
        if found:
            raise CommandError(f"文件与数据库有 {len(found)} 处不符。")
        self.stdout.write("文件与数据库相符。")
