"""The one way in which a private server fails its caller."""


class ServerDidNotStart(RuntimeError):
    """The private server is not there; the message says why and what to do."""
