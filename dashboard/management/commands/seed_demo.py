from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from cases.models import Case
from dashboard.demo import leads
from dashboard.demo.chores import hand_out
from dashboard.demo.people import Workers
from dashboard.demo.plot import OTHER_OFFICE, PLOTS
from dashboard.demo.settle import settle
from dashboard.demo.staff import make_people, make_units
from dashboard.demo.story import STORIES
from dashboard.demo.walk import Walk


class Command(BaseCommand):
    """演示数据: units, accounts and cases, made by walking the real verbs. Into an empty system only."""

    help = "装入演示数据（虚构），只在没有案件的系统里执行"

    def handle(self, *args: Any, **options: Any) -> None:
        if Case.objects.exists():
            raise CommandError("系统里已有案件，不装入演示数据。")
        with transaction.atomic():
            units = make_units()
            people = make_people(units)
            workers = Workers()
            for office, plots in ((units["150902"], PLOTS), (units["150926"], OTHER_OFFICE)):
                for plot in sorted(plots, key=lambda plot: -plot.days_ago):
                    STORIES[plot.until](Walk(plot, office, people, workers))
            leads.tell(units["150902"], people, workers)
            hand_out(people)
            settle()
        self.stdout.write(f"已装入演示数据：{Case.objects.count()} 件案件，{len(people)} 个账号。")
