"""What tests that kill share: a house of its own for worker and broker, processes to start and to end by SIGKILL."""

import os
import signal
import time


def address(database):
    """The test database as a URL: a socket's folder travels as `host`, wherever Django keeps it."""
    who = database["USER"] + (f":{database['PASSWORD']}" if database["PASSWORD"] else "")
    socket = (database.get("OPTIONS") or {}).get("host") or database["HOST"] or ""
    if socket.startswith("/"):
        return f"postgres://{who}@/{database['NAME']}?host={socket}"
    return f"postgres://{who}@{socket}:{database['PORT']}/{database['NAME']}"


def kill(process):
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def wait_until(condition, seconds):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if found := condition():
            return found
        time.sleep(0.02)
    raise AssertionError("waited in vain")
