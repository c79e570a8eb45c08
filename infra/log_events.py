"""What the log says of itself: its first event, in a stream of its own."""

from dataclasses import dataclass
from uuid import UUID, uuid5

LOG_STREAMS = UUID("0b5f2c1e-7c53-5f0b-9a3d-2f5d9f5e7a01")
LOG_STREAM = uuid5(LOG_STREAMS, "log")


@dataclass(frozen=True, slots=True, kw_only=True)
class LogInitialised:
    """The first event of every log; ``is_simulated`` holds for ever after."""

    is_simulated: bool
