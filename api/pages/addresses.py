"""Where a visitor may be sent, and from where a form may come."""

from urllib.parse import urlsplit

from fastapi import Request

HOME = "/"
UNFIT = frozenset("\\\t\r\n")


def local_path(address: str | None) -> str:
    """``address`` if it leads to a page of this site, else the home page.

    A browser reads a double slash, a backslash and control characters as the way
    to another site, so none of them is let through.
    """
    if not address or not address.startswith("/") or address.startswith("//"):
        return HOME
    if any(sign in UNFIT or not sign.isprintable() for sign in address):
        return HOME
    parts = urlsplit(address)
    return HOME if parts.scheme or parts.netloc else address


def is_own_form(request: Request) -> bool:
    """Whether a form was sent from a page of this site.

    ``Sec-Fetch-Site`` is missing over plain HTTP, ``Origin`` is not; a request
    with neither comes from no browser that has forms.
    """
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        return site == "same-origin"
    host = urlsplit(request.headers.get("origin", "")).netloc
    return bool(host) and host == request.headers.get("host")
