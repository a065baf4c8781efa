"""`make run`: one process that starts database, web, worker and scheduler, and stops them with itself."""

import ctypes
import fcntl
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import environ

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from config.embedded import Cluster  # noqa: E402

PYTHON = sys.executable
NAMES = {"web": "网页服务", "worker": "后台任务", "beat": "定时器"}
PATIENCE = 15  # seconds that a process has to finish what it is doing
STEADY = 10  # seconds after which a process counts as having started well
MOST_FAILURES = 6  # starts in a row that did not last; then the supervisor says so and ends
LOOK_EVERY = 1.0  # seconds between two questions to the database


class GaveUp(Exception):
    """Something does not stay up, however often it is started."""


class Patience:
    """How often something has failed in a row, and how long to wait before it is started again."""

    def __init__(self) -> None:
        self.failures, self.started, self.again_at = 0, 0.0, 0.0

    def lose(self, what: str, log: Path) -> int:
        """It has failed: the seconds to wait before the next start, or GaveUp."""
        now = time.monotonic()
        self.failures = self.failures + 1 if now - self.started < STEADY else 1
        if self.failures > MOST_FAILURES:
            raise GaveUp(f"{what}连续 {MOST_FAILURES} 次重新启动都没有成功，系统已停止。请查看日志：{log}")
        pause = min(2 ** (self.failures - 1), 30)
        self.again_at = now + pause
        return pause


def main() -> int:
    os.chdir(ROOT)
    environ.Env.read_env(ROOT / ".env")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.dev")
    os.environ.setdefault("DEMO", "1")
    var = Path(os.environ.setdefault("VAR_DIR", str(ROOT / "var")))
    port = int(os.environ.get("PORT") or 8000)
    os.environ.setdefault("SITE_URL", f"http://127.0.0.1:{port}")
    if sentence := why_not_start(var, port):
        print(f"✗ {sentence}", file=sys.stderr)
        return 1
    make_folders_and_secret(var)
    return Supervisor(var, port).run()


def why_not_start(var: Path, port: int) -> str:
    var.mkdir(parents=True, exist_ok=True)
    lock = os.open(var / "run.lock", os.O_CREAT | os.O_RDWR, 0o600)  # held until this process ends
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return "本目录的系统已在运行。请先在那个窗口按 Ctrl-C 停止。"
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return f"端口 {port} 已被占用。请换一个端口：PORT={port + 1} make run"
    return ""


def make_folders_and_secret(var: Path) -> None:
    for name in ("logs", "media", "stamps", "broker/messages", "broker/control"):
        (var / name).mkdir(parents=True, exist_ok=True)
    secret = var / "secret-key"
    if not secret.exists():
        secret.touch(mode=0o600)
        secret.write_text(secrets.token_urlsafe(64))
    os.environ.setdefault("SECRET_KEY", secret.read_text())


def commands(port: int) -> dict[str, list[str]]:
    web = f"gunicorn config.wsgi:application --bind 127.0.0.1:{port} --no-control-socket"
    web += " --logger-class config.weblog.DiscreetLogger"
    worker = "celery -A config --quiet worker --concurrency 2 --without-gossip --without-mingle -l INFO"
    beat = "celery -A config --quiet beat --pidfile= -l INFO"
    lines = {"web": f"{web} --workers 2 --threads 4 --graceful-timeout 5", "worker": worker, "beat": beat}
    return {name: [PYTHON, "-m", *line.split()] for name, line in lines.items()}


def die_with_parent() -> None:
    """Linux: even when this supervisor is killed outright, no child stays behind."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(1, signal.SIGTERM)


class Child:
    """One supervised process with its log; started again, ever more slowly, when it dies."""

    def __init__(self, name: str, command: list[str], log: Path) -> None:
        self.name, self.command, self.log = name, command, log
        self.patience = Patience()
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        self.patience.started = time.monotonic()
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                self.command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                preexec_fn=die_with_parent,
            )

    def look_after(self) -> None:
        if self.process is None:
            if time.monotonic() >= self.patience.again_at:
                self.start()
        elif self.process.poll() is not None:
            self.process = None
            pause = self.patience.lose(NAMES[self.name], self.log)
            say(f"✗ {NAMES[self.name]}意外退出，{pause} 秒后重新启动。日志：{self.log}")

    def ask_to_stop(self) -> None:
        if self.process and self.process.poll() is None:
            self.process.terminate()

    def make_sure_it_stopped(self, until: float) -> None:
        if self.process is None:
            return
        try:
            self.process.wait(max(0.1, until - time.monotonic()))
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()


class Database:
    """The embedded PostgreSQL, which is nobody's child: asked every second, started again when nobody listens."""

    def __init__(self, cluster: Cluster) -> None:
        self.cluster, self.log = cluster, cluster.home / "server.log"
        self.patience = Patience()
        self.is_up = True

    def look_after(self) -> None:
        now = time.monotonic()
        if now < self.patience.again_at:
            return
        self.patience.again_at = now + LOOK_EVERY
        if not self.is_up:
            self._start()
        elif not self.cluster.answers():
            self._lose("数据库停了，网页暂时打不开")

    def _start(self) -> None:
        self.patience.started = time.monotonic()
        try:
            self.cluster.restart()
        except RuntimeError as error:
            self._lose(f"数据库没有启动起来（{str(error).splitlines()[-1]}）")
        else:
            self.is_up = True
            say("✓ 数据库已重新启动。")

    def _lose(self, sentence: str) -> None:
        self.is_up = False
        pause = self.patience.lose("数据库", self.log)
        say(f"✗ {sentence}；{pause} 秒后重新启动。日志：{self.log}")


class Supervisor:
    def __init__(self, var: Path, port: int) -> None:
        self.var, self.port = var, port
        self.cluster: Cluster | None = None
        self.database: Database | None = None
        self.children: list[Child] = []
        self.stopping = False

    def run(self) -> int:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self.on_signal)
        try:
            self.start()
            self.watch()
        except GaveUp as error:
            print(f"✗ {error}", file=sys.stderr, flush=True)
            return 1
        except (RuntimeError, subprocess.CalledProcessError) as error:
            if not self.stopping:
                print(f"✗ 启动失败：{error}", file=sys.stderr)
                return 1
        finally:
            self.stop()
        return 0

    def on_signal(self, number: int, frame: object) -> None:
        self.stopping = True

    def start(self) -> None:
        if not os.environ.get("DATABASE_URL"):
            print("▸ 启动内置 PostgreSQL", flush=True)
            self.cluster = Cluster(self.var / "postgres", say=lambda text: print(f"▸ {text}", flush=True))
            os.environ["DATABASE_URL"] = self.cluster.start()
            self.database = Database(self.cluster)
        subprocess.run([PYTHON, "scripts/prepare.py"], check=True)
        if self.stopping:
            return
        print("▸ 启动网页服务、后台任务与定时器", flush=True)
        for name, command in commands(self.port).items():
            self.children.append(Child(name, command, self.var / "logs" / f"{name}.log"))
            self.children[-1].start()

    def watch(self) -> None:
        announced = False
        watched = [*([self.database] if self.database else []), *self.children]
        while not self.stopping:
            for each in watched:
                each.look_after()
            if not announced and (self.database is None or self.database.is_up) and answers(self.port):
                announce(self.var, self.port)
                announced = True
            time.sleep(0.2)

    def stop(self) -> None:
        if self.children:
            print("\n▸ 正在停止……", flush=True)
        until = time.monotonic() + PATIENCE
        for child in self.children:
            child.ask_to_stop()
        for child in self.children:
            child.make_sure_it_stopped(until)
        if self.cluster:
            self.cluster.stop()
        print("▸ 已全部停止。", flush=True)


def say(sentence: str) -> None:
    print(sentence, flush=True)


def answers(port: int) -> bool:
    try:
        urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=1).close()
    except urllib.error.HTTPError:
        return True
    except (urllib.error.URLError, TimeoutError, ConnectionError):
        return False
    return True


def announce(var: Path, port: int) -> None:
    accounts = var / "demo-accounts.txt"
    if os.environ["DEMO"] == "1" and accounts.exists() and (table := accounts.read_text()):
        print(f"\n演示账号（密码均为 Zhichi-Demo-2026）：\n{table}")
    print(f"\n✓ 已就绪：http://127.0.0.1:{port}  （Ctrl-C 停止；日志在 {var / 'logs'}）", flush=True)


if __name__ == "__main__":
    sys.exit(main())
