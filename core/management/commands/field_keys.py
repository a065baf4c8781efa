from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from core import keys


class Command(BaseCommand):
    help = "字段密钥文件：create 生成；rotate 增加一把新密钥，旧密钥继续用于读取。"
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("act", choices=["create", "rotate"])

    def handle(self, *args: Any, **options: Any) -> None:
        where = keys.path()
        if options["act"] == "create":
            if where.exists():
                raise CommandError(f"{where} 已存在，没有改动。要换密钥请用 rotate。")
            keys.create(where)
            self.stdout.write(f"已生成 {where}。请立即另存备份，丢失后加密内容无法恢复。")
        elif not where.exists():
            raise CommandError(f"没有 {where}，请先用 create 生成。")
        else:
            kid = keys.rotate(where)
            self.stdout.write(f"已增加第 {kid} 把密钥。请备份 {where} 并重启各进程。")
