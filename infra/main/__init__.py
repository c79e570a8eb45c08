"""The console script ``banjian``: the one place where all parts are put together."""

from infra.main import county, erase, views
from infra.main.commands import main

main.add_command(county.demo)
main.add_command(county.simulate)
main.add_command(views.views)
main.add_command(erase.erase)
main.add_command(erase.hold)

__all__ = ["main"]
