"""The process that owns a private PostgreSQL and ends it when nobody leases it.

    python -m infra.postgres.supervisor HOME BINDIR durable|volatile

BINDIR may be empty. Should PostgreSQL die while leased, it is started again.
"""

import os
import signal
import sys
import time
from pathlib import Path
from types import FrameType

from infra.postgres import locks
from infra.postgres.account import account_for
from infra.postgres.binaries import choose
from infra.postgres.cluster import (
    Cluster,
    await_predecessor,
    is_ready,
    launch,
    major_of,
    make_data,
    stop,
)
from infra.postgres.failure import ServerDidNotStart
from infra.postgres.places import Places, Running

STARTING_POLL_SECONDS = 0.02
POLL_SECONDS = 0.25
TWIN_SECONDS = 2.0
PREDECESSOR_SECONDS = 60.0
STOP_SECONDS = 60.0
CRASHES_IN_A_ROW = 3
STEADY_SECONDS = 60.0
RESTART_SECONDS = 0.5


def main(home: str, bindir: str, durability: str) -> None:
    """Serve the data of ``home`` until nobody leases the server any more."""
    places = Places.under(Path(home))
    os.chdir("/")
    signal.signal(signal.SIGTERM, _end)
    try:
        supervising = locks.wait_for(
            places.supervising, locks.ALONE, time.monotonic() + TWIN_SECONDS
        )
    except TimeoutError:
        return  # a twin is at work; whoever waits for a server will get its
    with supervising:
        try:
            cluster = prepare(
                places,
                bindir=Path(bindir) if bindir else None,
                durable=durability == "durable",
            )
            serve(places, cluster)
            cluster.leave_socket()
        except (ServerDidNotStart, OSError) as failure:
            sys.exit(str(failure))
        finally:
            places.ready.unlink(missing_ok=True)


def prepare(places: Places, *, bindir: Path | None, durable: bool) -> Cluster:
    """Choose user, programs and places; make the data directory if there is none."""
    account = account_for(places.data)
    data = places.settle_data(account)
    os.umask(0o077)
    major = major_of(data)
    binaries = choose(account, bindir=bindir, major=major)
    if major is None:
        make_data(data, binaries, account, durable=durable)
    return Cluster(
        data=data,
        socket=places.settle_socket(account),
        binaries=binaries,
        account=account,
        durable=durable,
    )


def serve(places: Places, cluster: Cluster) -> None:
    """Run PostgreSQL, again after a crash, until the lease is free."""
    crashes = 0
    while crashes < CRASHES_IN_A_ROW:
        await_predecessor(cluster.data, time.monotonic() + PREDECESSOR_SECONDS)
        began = time.monotonic()
        if _run_until_free(places, cluster):
            return
        steady = time.monotonic() - began > STEADY_SECONDS
        crashes = 1 if steady else crashes + 1
        time.sleep(RESTART_SECONDS)
    raise ServerDidNotStart(
        f"PostgreSQL ended {crashes} times in a row; why: {places.postgres_log}"
    )


def _run_until_free(places: Places, cluster: Cluster) -> bool:
    """True when nobody leased it any more, False when it ended of itself."""
    server = launch(cluster, places.postgres_log)
    published = False
    try:
        with places.lease.open("ab") as lease:
            while server.poll() is None:
                if not published and is_ready(cluster.data, server.pid):
                    places.publish(_running(cluster))
                    published = True
                if locks.seize(lease, locks.ALONE):
                    places.ready.unlink(missing_ok=True)
                    stop(server, STOP_SECONDS)  # the lease held: newcomers wait
                    return True
                time.sleep(POLL_SECONDS if published else STARTING_POLL_SECONDS)
    finally:
        places.ready.unlink(missing_ok=True)
        stop(server, STOP_SECONDS)
    return False


def _running(cluster: Cluster) -> Running:
    return Running(
        socket=str(cluster.socket),
        data=str(cluster.data),
        version=cluster.binaries.version,
        durable=cluster.durable,
    )


def _end(_signal: int, _frame: FrameType | None) -> None:
    sys.exit(0)


if __name__ == "__main__":
    main(*sys.argv[1:])
