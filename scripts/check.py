"""`make check`: everything that CI asks besides the tests. Every step runs; the end names the failed."""

import os
import secrets
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
APPS = [path.parent.name for path in sorted(ROOT.glob("*/apps.py"))]
PYTHON = sys.executable
BIN = Path(PYTHON).parent


def production(folder: Path) -> dict[str, str]:
    """The environment of a real office with fresh secrets, for `check --deploy`."""
    return {
        "DJANGO_SETTINGS_MODULE": "config.settings.production",
        "SECRET_KEY": secrets.token_urlsafe(64),
        "SITE_URL": "https://zhichi.example",
        "ALLOWED_HOSTS": "zhichi.example",
        "DATABASE_URL": os.environ.get("DATABASE_URL", "postgres://zhichi@127.0.0.1/zhichi"),
        "FIELD_KEYS_FILE": str(folder / "field-keys.json"),
        "CELERY_BROKER_URL": "redis://127.0.0.1:6379/0",
        "CACHE_URL": "redis://127.0.0.1:6379/1",
        "VAR_DIR": str(folder),
    }


def steps(folder: Path) -> list[tuple[str, list[str], dict[str, str]]]:
    manage = [PYTHON, "-W", "error::SyntaxWarning", "manage.py"]
    test = {"DJANGO_SETTINGS_MODULE": "config.settings.test"}
    office = production(folder)
    keys = "from core import keys; from pathlib import Path; import sys; keys.create(Path(sys.argv[1]))"
    found = [
        ("ruff check", [str(BIN / "ruff"), "check", "--quiet", "."], {}),
        ("ruff format", [str(BIN / "ruff"), "format", "--check", "--quiet", "."], {}),
        ("djlint", [str(BIN / "djlint"), "templates", "--lint", "--quiet"], {}),
        ("import-linter", [str(BIN / "lint-imports")], test),
        ("mypy", [str(BIN / "mypy"), "config", *APPS], {}),
        ("bandit", [str(BIN / "bandit"), "-q", "-ll", "-r", "config", *APPS], {}),
        ("gates", [PYTHON, "scripts/gates.py"], {}),
        ("makemigrations --check", [*manage, "makemigrations", "--check", "--dry-run"], test),
        ("field keys", [PYTHON, "-c", keys, office["FIELD_KEYS_FILE"]], test),
        ("check --deploy", [*manage, "check", "--deploy", "--fail-level", "WARNING"], office),
    ]
    if (ROOT / "docs" / "workflow.md").exists():
        found.append(("diagram --check", [*manage, "diagram", "--check"], test))
    return found


def run(name: str, command: list[str], settings: dict[str, str]) -> bool:
    started = time.monotonic()
    done = subprocess.run(
        command, cwd=ROOT, env=os.environ | settings, capture_output=True, text=True, stdin=subprocess.DEVNULL
    )
    ok = done.returncode == 0
    print(f"{'✓' if ok else '✗'} {name}（{time.monotonic() - started:.1f} 秒）", flush=True)
    if not ok:
        print(f"{done.stdout}\n{done.stderr}".strip(), flush=True)
    return ok


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        failed = [step[0] for step in steps(Path(folder)) if not run(*step)]
    if failed:
        print(f"✗ 未通过：{'、'.join(failed)}")
    return bool(failed)


if __name__ == "__main__":
    sys.exit(main())
