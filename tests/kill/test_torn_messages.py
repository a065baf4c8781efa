"""The folder broker: a half-written message file costs one log line, never the worker and never an effect."""

import subprocess
import sys

import pytest
from django.conf import settings as django_settings

from cases.models import Announcement
from notifications.models import Notification
from tests.cases.factories import CaseFactory
from tests.kill.stage import wait_until

pytestmark = [pytest.mark.kill, pytest.mark.django_db(transaction=True)]
CANARY = "eyJ3YW5n"
TORN = {
    "half": f'{{"body": "{CANARY}',
    "empty": "",
    "nothing": '{"body": "eyJ3YW5n"}',
    "zeros": "\x00" * 40,
}


def test_a_worker_sets_torn_files_aside_goes_on_and_the_sweep_does_what_they_asked(
    house, worker, prosecutor, clerk
):
    folder, environment = house
    messages, torn = folder / "broker" / "messages", folder / "broker" / "torn"
    for name, content in TORN.items():
        (messages / f"1_{name}.celery.msg").write_text(content)
    (folder / "broker" / "control" / "celery.exchange").write_text('[["cel')
    case = CaseFactory(handler=prosecutor)
    event = case.events.create(kind="note", actor=clerk, from_stage="registered", to_stage="registered")
    Announcement.objects.create(event=event)  # its nudge was one of the torn

    process = worker()
    wait_until(lambda: torn.exists() and len(list(torn.iterdir())) == len(TORN), 60)
    call = [sys.executable, "-m", "celery", "-A", "config", "--quiet", "call", "jobs.tasks.sweep"]
    subprocess.run(call, env=environment, cwd=django_settings.BASE_DIR, check=True)
    wait_until(lambda: Notification.objects.filter(key=f"case-event-{event.pk}").exists(), 60)

    assert process.poll() is None
    assert not list(messages.glob("1_*"))
    log = (folder / "worker.log").read_text()
    assert log.count("后台消息文件不完整") == len(TORN)
    assert CANARY not in log
