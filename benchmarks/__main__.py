"""`make bench`: how long we take, beside the same work without us. It measures and never asserts."""

import os
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MEASURED = ("list", "case_page", "pages", "dashboard", "papers", "papers_batch", "numbers", "clocks")
DATABASE = "bench"


def main() -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings.test"
    folder = Path(os.environ.get("VAR_DIR") or ROOT / "var") / "postgres-bench"
    cluster = import_module("config.embedded").Cluster(folder, say=lambda text: print(f"▸ {text}"))
    os.environ["DATABASE_URL"] = cluster.start(DATABASE)
    try:
        run(cluster.folder)
    finally:
        cluster.stop()


def run(folder: Path) -> None:
    """Django is loaded here, after the database's address is known."""
    import_module("django").setup()
    embedded, ground = import_module("config.embedded"), import_module("benchmarks.ground")
    ground.fill_when_needed(embedded.url(folder, "postgres"), DATABASE)
    table = import_module("benchmarks.table")
    lines = list(measured())
    print(f"\n{table.machine(ground.server_version())}\n\n{table.printed(lines)}")


def measured() -> Iterator[object]:
    for module in MEASURED:
        print(f"▸ 测量 {module}", flush=True)
        yield from import_module(f"benchmarks.{module}").measure()


if __name__ == "__main__":
    main()
