from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from cases.diagram import text

PAGE = Path("docs/workflow.md")


class Command(BaseCommand):
    """办案流程图 from the table of moves to docs/workflow.md; `--check` only compares."""

    help = "把 cases/workflow.py 画成 docs/workflow.md"
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="只比较，不写；不一致时失败")

    def handle(self, *args: Any, **options: Any) -> None:
        path = settings.BASE_DIR / PAGE
        if not options["check"]:
            path.write_text(text(), encoding="utf-8")
            self.stdout.write(f"已写入 {PAGE}。")
        elif not path.exists() or path.read_text(encoding="utf-8") != text():
            raise CommandError(f"{PAGE} 与流程表不一致，请运行 manage.py diagram 后一并提交。")
