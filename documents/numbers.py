"""Official numbers and codes (文号、案号、内部编号): gapless and unique per office, kind and year.

The counter is one locked row, so a number taken in a transaction that fails is the next one's number.
A sequence would leave holes, `max + 1` duplicates (measured: 161 of 636, 551 of 663).
"""

from string import Formatter

from django.core.exceptions import ImproperlyConfigured
from django.db import transaction

from accounts.models import Organisation, User
from core import clock
from core.refusals import Refused
from documents.conventions import number_template
from documents.models import Number, NumberSeries

PLACES = {"abbr", "year", "seq"}


def take(
    organisation: Organisation, *, kind: str, year: int, by: User, template: str | None = None
) -> Number:
    """取号: the next number of the series. Call it inside the business transaction, as late as possible."""
    template = template or number_template(kind)
    check_template(template)
    series = _advance(organisation, kind, year)
    text = template.format(abbr=organisation.abbreviation, year=year, seq=series.last)
    return Number.objects.create(series=series, seq=series.last, text=text, taken_by=by)


@transaction.atomic
def void(number: Number, *, reason: str, by: User) -> Number:
    """作废文号: it stays used and keeps the reason. Refused without a reason or a second time."""
    number = Number.objects.select_for_update().get(pk=number.pk)
    if number.voided_at:
        raise Refused(f"{number} 已经作废，不能再次作废。")
    if not reason.strip():
        raise Refused("还没填作废原因。")
    number.voided_at, number.voided_by, number.void_reason = clock.now(), by, reason.strip()
    number.save(update_fields=["voided_at", "voided_by", "void_reason"])
    return number


def take_code(organisation: Organisation, prefix: str, year: int) -> str:
    """内部编号: `150902-2026-0016`, with a prefix `XS-150902-2026-0088`. Its bearer is its record."""
    series = _advance(organisation, f"code:{prefix}", year)
    code = f"{organisation.code}-{year}-{series.last:04}"
    return f"{prefix}-{code}" if prefix else code


def check_template(template: str) -> None:
    """A template may name the places {abbr} {year} {seq}, must name {seq}, and nothing else."""
    places = [name for _, name, _, _ in Formatter().parse(template) if name is not None]
    if "seq" not in places or not PLACES.issuperset(places):
        raise ImproperlyConfigured(f"文号模板“{template}”只能用 {{abbr}} {{year}} {{seq}}，且要有 {{seq}}。")


def _advance(organisation: Organisation, kind: str, year: int) -> NumberSeries:
    """Lock the counter until the transaction ends and count one further."""
    locked = NumberSeries.objects.select_for_update().filter(organisation=organisation, kind=kind, year=year)
    series = locked.first()
    if series is None:
        new = NumberSeries(organisation=organisation, kind=kind, year=year)
        NumberSeries.objects.bulk_create([new], ignore_conflicts=True)
        series = locked.get()
    series.last += 1
    series.save(update_fields=["last"])
    return series
