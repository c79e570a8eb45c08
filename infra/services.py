"""The parts a process works with, put together from the settings once."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import psycopg

from infra.clock import Clock, log_clock
from infra.database import Database
from infra.desk import Desk
from infra.event_codec import READABLE
from infra.event_log import EventLog, library_environment
from infra.initialise import is_simulated
from infra.keys import Keys
from infra.log_check import require_sound
from infra.sealing.places import vault_place
from infra.sealing.seals import Seals
from infra.sealing.vault import Vault
from infra.settings import Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class Services:
    """What API, consumers and commands are given. ``simulated`` says of the log."""

    settings: Settings
    database: Database
    log: EventLog
    desk: Desk
    keys: Keys
    seals: Seals
    clock: Clock
    simulated: bool


@contextmanager
def open_services(settings: Settings, conninfo: str) -> Iterator[Services]:
    """Connect to a migrated, initialised log; close everything at the end.

    Raises ``LogIsNotInitialised``, ``DbFunctionsAreEnabled``,
    ``LogHoldsUnknownEvents`` and ``LogHasAHole``.
    """
    with psycopg.connect(conninfo) as connection:
        simulated = is_simulated(connection)
        require_sound(connection, READABLE)
    keys = Keys(settings.home, settings.master_key)
    vault = Vault(vault_place(conninfo, settings.vault_url), settings.pool_size)
    seals = Seals(vault, keys.master, keys.digest, os.urandom)
    log = EventLog(env=library_environment(conninfo, settings.pool_size), seals=seals)
    database = Database(conninfo)
    try:
        yield Services(
            settings=settings,
            database=database,
            log=log,
            desk=Desk(log, keys),
            keys=keys,
            seals=seals,
            clock=log_clock(database),
            simulated=simulated,
        )
    finally:
        log.close()
        seals.close()
        database.close()
