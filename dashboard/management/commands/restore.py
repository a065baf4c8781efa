from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser

from audit.log import record
from audit.models import Verb
from core.ciphers import Tampered
from core.refusals import Refused
from dashboard.operations import archive, restore
from dashboard.operations.archive import Manifest
from jobs import probes

VERIFIERS = ("verify_ledger", "verify_audit", "verify_files")


class Command(BaseCommand):
    """从备份恢复."""

    help = "从备份恢复到空库；--check 只核对备份，什么也不改。"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("path", type=Path, metavar="PATH", help="备份文件")
        parser.add_argument("--check", action="store_true", help="只核对备份能否完整读出")
        parser.add_argument(
            "--replace", default="", metavar="数据库名", help="写出库名，确认替换其中的全部数据"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["path"]
        if not path.is_file():
            raise CommandError(f"没有备份文件 {path}，请核对路径。")
        try:
            if options["check"]:
                self._say(restore.check(path))
                return
            aside = restore.restore(path, replace=options["replace"])
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        except Tampered as error:
            raise CommandError(f"备份不能用：{error}没有改动任何数据。") from error
        self.stdout.write("\n".join(["已恢复数据库和文件。", *aside]))
        self._verify()

    def _say(self, manifest: Manifest) -> None:
        facts, files = manifest.facts, manifest.count(archive.MEDIA)
        self.stdout.write(
            f"备份完整，可以读出：{facts['made_at']}，版本 {facts['version']}，{files} 个文件。"
        )

    def _verify(self) -> None:
        """Prove what came back, once its tables are those of this version."""
        if sentence := probes.migrations():
            raise CommandError(f"{sentence}然后运行 {'、'.join(VERIFIERS)}。")
        record(None, Verb.SETTING_CHANGED, "从备份恢复")
        failed = [name for name in VERIFIERS if not self._passes(name)]
        if failed:
            raise CommandError(f"已恢复，但 {'、'.join(failed)} 报告不符，请查明后再启用。")

    def _passes(self, name: str) -> bool:
        try:
            call_command(name, stdout=self.stdout, stderr=self.stderr)
        except CommandError as error:
            self.stderr.write(str(error))
            return False
        return True
