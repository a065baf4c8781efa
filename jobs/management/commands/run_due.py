from typing import Any

from django.core.management.base import BaseCommand, CommandError

from jobs import sweep


class Command(BaseCommand):
    help = "把所有定时工作做一遍（可由 cron 调用）。"

    def handle(self, *args: Any, **options: Any) -> None:
        outcomes = sweep.run()
        for outcome in outcomes:
            shown = "" if outcome.result is None else f" {outcome.result}"
            self.stdout.write(f"{'完成' if outcome.ok else '未完成'} {outcome.name}{shown}")
        if failed := [outcome.name for outcome in outcomes if not outcome.ok]:
            raise CommandError(f"{len(failed)} 项没有完成：{'、'.join(failed)}。原因见日志。")
