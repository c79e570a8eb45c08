"""A PostgreSQL server of one's own, for machines where none is given.

The supervisor belongs to this package, runs as long as the server and needs none of
what the client side imports: so that side is loaded when it is first asked for.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from infra.postgres.server import PrivateServer as PrivateServer
    from infra.postgres.server import ServerDidNotStart as ServerDidNotStart
    from infra.postgres.server import is_running as is_running
    from infra.postgres.server import start as start

__all__ = ["PrivateServer", "ServerDidNotStart", "is_running", "start"]


def __getattr__(name: str) -> object:
    if name not in __all__:
        raise AttributeError(name)
    return getattr(import_module("infra.postgres.server"), name)
