"""Links by which a citizen rates one case: unguessable, and nothing kept for them."""

import base64
import binascii
import hmac
from uuid import UUID

from fastapi import APIRouter, Request
from pydantic import BaseModel, Field

from api.cases import SeenCase
from api.contract import READS
from api.dependencies import ServicesOf, SignedIn
from domain.authority import Role, RoleMayNot
from infra.keys import Keys

router = APIRouter(prefix="/cases/{case_id}", tags=["cases"])
ID_BYTES = SIGNATURE_BYTES = 16


class RatingLink(BaseModel):
    path: str = Field(description="Below this site; given to the applicant only.")
    url: str = Field(description="The same with the site's address, for a QR code.")


@router.get("/rating-link", **READS)
def read_rating_link(
    case_id: SeenCase, request: Request, services: ServicesOf, account: SignedIn
) -> RatingLink:
    """The link by which the applicant rates the case (R-303); clerks hand it over."""
    if account.role is not Role.CLERK:
        raise RoleMayNot(role=account.role, command="ReadRatingLink")
    path = rating_link(services.keys, case_id)
    return RatingLink(path=path, url=str(request.base_url).rstrip("/") + path)


def rating_link(keys: Keys, case_id: UUID) -> str:
    """Path of the page on which the case is rated; the same for the same case."""
    return f"/r/{_token(keys, case_id)}"


def case_of_token(keys: Keys, token: str) -> UUID | None:
    """The case whose link has ``token``; None for one that was not made here.

    Compared in constant time and as text, so that no other spelling of it passes.
    """
    try:
        plain = base64.urlsafe_b64decode(token.encode("ascii") + b"=")
    except (UnicodeEncodeError, binascii.Error):
        return None
    if len(plain) != ID_BYTES + SIGNATURE_BYTES:
        return None
    case_id = UUID(bytes=plain[:ID_BYTES])
    is_ours = hmac.compare_digest(token, _token(keys, case_id))
    return case_id if is_ours else None


def _token(keys: Keys, case_id: UUID) -> str:
    """Signed by a key that serves this purpose alone."""
    purpose = bytes.fromhex(keys.digest("purpose|rating-link"))
    signature = hmac.digest(purpose, case_id.bytes, "sha256")[:SIGNATURE_BYTES]
    return base64.urlsafe_b64encode(case_id.bytes + signature).decode().rstrip("=")
