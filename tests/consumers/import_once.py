"""One import in a process of its own, so that a test can kill it.

python -m tests.consumers.import_once CONNINFO HOME FILE MAPPING
"""

import sys
from pathlib import Path

from consumers.foreign_log.importing import import_log
from infra.services import open_services
from infra.settings import Settings


def main() -> None:
    conninfo, home, file, mapping = sys.argv[1:]
    with open_services(Settings(home=Path(home)), conninfo) as services:
        report = import_log(services, Path(file), Path(mapping))
    print(report.recorded)  # noqa: T201  the test reads it


if __name__ == "__main__":
    main()
