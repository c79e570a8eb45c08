"""Another process that opens cases when it is told to: ``python -m`` this module."""

import sys
from pathlib import Path
from uuid import UUID

from infra.services import open_services
from infra.settings import Settings
from tests.world import World, open_case


def main(url: str, home: str) -> None:
    """One case for each line of input; answers with a line."""
    with open_services(Settings(home=Path(home)), url) as services:
        world = World(services)
        print("ready", flush=True)  # noqa: T201  this is how it answers
        for number in sys.stdin:
            open_case(world, UUID(int=1000 + int(number)))
            print("done", flush=True)  # noqa: T201


if __name__ == "__main__":
    main(*sys.argv[1:])
