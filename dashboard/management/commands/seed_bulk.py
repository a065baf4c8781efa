from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts.models import Organisation
from cases.models import Case
from dashboard.demo import bulk
from dashboard.demo.staff import make_people, make_units

NOT_HERE = (
    "批量数据只用于测速和压力测试。请在 DEMO=1 的演示环境运行；没有案件的空库也可以加 --force-empty 运行。"
)


class Command(BaseCommand):
    """批量数据: many cases at once, for measuring and load."""

    help = "写入大量虚构案件，用于测速和压力测试；直接写库，没有走办案流程。"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--cases", type=int, required=True, metavar="N", help="案件数")
        parser.add_argument(
            "--workers-per-case", type=int, default=3, metavar="M", help="平均每案申请人数，默认 3"
        )
        parser.add_argument("--office", default="", metavar="代码", help="只写入这个院；默认分到各基层院")
        parser.add_argument("--force-empty", action="store_true", help="不是演示环境，但库里没有案件")

    def handle(self, *args: Any, **options: Any) -> None:
        may_force = options["force_empty"] and not Case.objects.exists()
        if not settings.DEMO and not may_force:
            raise CommandError(NOT_HERE)
        if options["cases"] < 1 or not 1 <= options["workers_per_case"] <= 300:
            raise CommandError("案件数要大于 0，每案人数为 1 至 300。")
        sizes = bulk.sizes(options["cases"], options["workers_per_case"])
        bulk.fill(self._offices(options["office"]), sizes)
        self.stdout.write(f"已写入 {options['cases']} 件案件、{sum(sizes)} 名申请人（虚构）。")
        self.stdout.write("这些数据直接写库，没有走办案流程，不能用来演示办案。")

    def _offices(self, code: str) -> list[Organisation]:
        if not Organisation.objects.offices().exists():
            units = make_units()
            if settings.DEMO:
                make_people(units)
        found = list(Organisation.objects.offices().filter(**({"code": code} if code else {})))
        if not found:
            raise CommandError(f"没有代码为 {code} 的基层院，请核对。")
        return found
