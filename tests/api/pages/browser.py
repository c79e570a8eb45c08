"""A visitor with cookies, as a browser without scripts would be one."""

from dataclasses import dataclass

from httpx import Response

from api.tokens import COOKIE
from tests.api.county import Caller, County

OWN = {"Sec-Fetch-Site": "same-origin"}


@dataclass(frozen=True, slots=True)
class Visitor:
    """Follows no redirect by himself, so that a test sees it."""

    county: County

    def get(self, path: str) -> Response:
        response: Response = self.county.client.get(path, follow_redirects=False)
        return response

    def send(self, path: str, headers: dict[str, str], **form: str) -> Response:
        response: Response = self.county.client.post(
            path, data=form, headers=headers, follow_redirects=False
        )
        return response

    def signed_in_as(self, caller: Caller) -> "Visitor":
        self.county.client.cookies.set(COOKIE, caller.token)
        return self
