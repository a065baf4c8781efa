from typing import Any

from django.core.management.commands import migrate

from deadlines.checks import calendar_not_asked


class Command(migrate.Command):
    """Django's own, with one difference: it asks the database's checks, but not whether the holidays are entered.

    Missing data (`deadlines.E904`) is put right on a page, and the page needs the tables that this command makes.
    """

    def check(self, *args: Any, **kwargs: Any) -> None:
        with calendar_not_asked():
            super().check(*args, **kwargs)
