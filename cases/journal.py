"""流程记录: every act on a case is written down here, once, in its own transaction; telling people comes later."""

from accounts.models import User
from cases.models import Announcement, Case, CaseEvent
from cases.tasks import announce
from cases.workflow import Act, Move, Stage
from core import clock


def write(
    case: Case, kind: Move | Act, *, by: User, before: str, after: str, text: str = "", quiet: bool = False
) -> CaseEvent:
    """One row of the timeline and one announcement to be made of it; touches `updated_at` of the case.

    A `quiet` one is part of another that people hear of.
    """
    event = CaseEvent.objects.create(
        case=case, kind=kind, actor=by, from_stage=before, to_stage=after, note=text, happened_at=clock.now()
    )
    if not quiet:
        Announcement.objects.create(event=event)
        announce.delay_on_commit(event.pk)
    Case.objects.filter(pk=case.pk).update(updated_at=event.happened_at)
    return event


def note(case: Case, act: Act, *, by: User, text: str = "", quiet: bool = False) -> CaseEvent:
    """Write down an act that leaves the stage as it is. Text is for colleagues of the office."""
    return write(case, act, by=by, before=Stage(case.stage), after=Stage(case.stage), text=text, quiet=quiet)
