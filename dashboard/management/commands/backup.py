from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from core import keys
from core.refusals import Refused
from dashboard.operations import backup


class Command(BaseCommand):
    """整库备份."""

    help = "把数据库、文件和审计封存底稿备份成一个加密文件；字段密钥文件不在其中，须另行保管。"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("path", type=Path, metavar="PATH", help="新文件，或者放备份的文件夹")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            made = backup.make(options["path"])
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        except OSError as error:
            raise CommandError(f"备份没有写成：{error.strerror}。没有留下文件。") from error
        size = made.path.stat().st_size // 1024
        self.stdout.write(f"已备份到 {made.path}（{size} KB，含 {made.files} 个文件）。")
        self.stdout.write(
            f"字段密钥文件 {keys.path()} 不在备份里，没有它备份打不开。请另存，不要与备份放在一起。"
        )
