"""What the web server itself writes down: no access log, and no secret in its complaints."""

import io
import logging

from gunicorn.config import Config

from config.weblog import DiscreetLogger
from scripts.supervise import commands
from tests.house import ROOT

SECRET = "s3cret-of-a-calendar"


def test_a_failed_request_is_told_without_the_secret_of_its_address():
    logger = DiscreetLogger(Config())
    told = io.StringIO()
    for handler in logger.error_log.handlers:
        handler.stream = told

    logger.error("Error handling request %s %s", "GET", f"/calendar/feed/{SECRET}.ics?x=1")

    assert "/calendar/feed/[已隐去]" in told.getvalue()
    assert SECRET not in told.getvalue()
    logging.getLogger("gunicorn.error").handlers.clear()
    logging.getLogger("gunicorn.access").handlers.clear()


def test_both_ways_to_start_use_it_and_keep_no_access_log():
    started = [" ".join(commands(8000)["web"]), (ROOT / "scripts" / "entrypoint").read_text()]

    for line in started:
        assert "--logger-class config.weblog.DiscreetLogger" in line
        assert "access-logfile" not in line
