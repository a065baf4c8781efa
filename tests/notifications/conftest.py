"""Real servers on the loopback: one for mail, one that plays 企业微信 and 钉钉."""

import json
import socket
import threading
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Message as Keep

from core import clock

NOON = datetime(2026, 11, 25, 12, 0, tzinfo=clock.SHANGHAI)


class Box(Keep):
    """Keeps every letter it was given."""

    def __init__(self):
        super().__init__()
        self.letters = []

    def handle_message(self, message):
        self.letters.append(message)

    def texts(self):
        return [letter.get_payload(decode=True).decode() for letter in self.letters]


@pytest.fixture
def noon():
    with clock.travel(NOON) as moment:
        yield moment


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return taken.getsockname()[1]


@pytest.fixture
def mail_server(settings):
    box = Box()
    server = Controller(box, hostname="127.0.0.1", port=free_port())
    server.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST = "127.0.0.1"
    settings.EMAIL_PORT = server.port
    yield box
    server.stop(no_assert=True)


@pytest.fixture
def no_mail_server(settings):
    """Configured, and nobody listens."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9


class Robot(ThreadingHTTPServer):
    """Answers as it is told and remembers what it was sent."""

    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Ear)
        self.heard, self.status, self.headers = [], 200, {}
        self.answer = b'{"errcode": 0, "errmsg": "ok"}'
        self.let_go = threading.Event()
        self.let_go.set()

    @property
    def origin(self):
        return f"http://127.0.0.1:{self.server_port}"


class Ear(BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.heard.append((self.path, json.loads(body)))
        self.server.let_go.wait(5)
        try:
            self.send_response(self.server.status)
            for name, value in self.server.headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(self.server.answer)
        except OSError:
            self.close_connection = True

    def log_message(self, *args):
        pass


@pytest.fixture
def robot(settings):
    server = Robot()
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    settings.OUTBOUND_HOSTS = [server.origin]
    yield server
    server.let_go.set()
    server.shutdown()
    server.server_close()
