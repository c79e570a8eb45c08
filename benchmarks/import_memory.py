"""How fast a long foreign log is imported, and in how much memory.

python -m benchmarks.import_memory [ROWS]
"""

import csv
import os
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from benchmarks.measuring import BANJIAN, PeakMemory, seconds, write_result

STEPS = ("receive", "check", "review", "accept", "decide", "deliver")
MAPPING = """
[log]
name = "benchmark"
version = "1"
format = "csv"
timezone = "UTC"

[office]
code = "640399000000"
name = "云溪县政务服务中心"

[case]
id = "case"

[event]
activity = "activity"
at = "at"
officer = "officer"
"""


def write_log(path: Path, rows: int) -> None:
    start = datetime(2020, 1, 1, tzinfo=UTC)
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["case", "activity", "at", "officer"])
        for number in range(rows):
            case, step = divmod(number, len(STEPS))
            at = start + timedelta(minutes=case * 7, hours=step * 5)
            officer = f"officer-{(case + step) % 40}"
            writer.writerow([f"c{case}", STEPS[step], at.isoformat(), officer])


def main() -> None:
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 200_000
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        write_log(work / "log.csv", rows)
        (work / "mapping.toml").write_text(MAPPING, encoding="utf-8")
        environ = os.environ | {"BANJIAN_HOME": str(work / "home")}
        subprocess.run([BANJIAN, "init"], env=environ, check=True)
        began = time.monotonic()
        process = subprocess.Popen(
            [BANJIAN, "import", "log.csv", "--mapping", "mapping.toml"],
            cwd=work,
            env=environ,
        )
        memory = PeakMemory(process.pid)
        code = process.wait()
        took = seconds(began)
        peak = memory.stop()
    figures = {
        "rows": rows,
        "exit_code": code,
        "seconds": took,
        "rows_per_second": round(rows / took),
        "peak_resident_mb": round(peak),
    }
    write_result("import", f"python -m benchmarks.import_memory {rows}", figures)


if __name__ == "__main__":
    main()
