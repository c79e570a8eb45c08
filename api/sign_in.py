"""Signing in: an account and its password for a token."""

from datetime import datetime
from typing import Literal

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field, SecretStr

from api.contract import problems
from api.dependencies import JsonOnly, ServicesOf, TokensOf
from api.faults import PasswordIsWrong
from api.fields import Body, Name
from infra.accounts import verify

router = APIRouter(prefix="/tokens", tags=["sign-in"])


class SignInBody(Body):
    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"account": "qingshi-a", "password": "banjian-demo"}]
        }
    )

    account: Name
    password: SecretStr = Field(min_length=1, max_length=200)


class Token(BaseModel):
    token: str = Field(description="Send it as Authorization: Bearer.")
    token_type: Literal["bearer"] = "bearer"  # noqa: S105  a kind of token
    expires_at: datetime
    account: str
    role: str
    office: str


@router.post(
    "",
    status_code=201,
    responses=problems(400, 401, 405, 413, 415, 422, 503),
    dependencies=[JsonOnly],
)
def sign_in(body: SignInBody, services: ServicesOf, tokens: TokensOf) -> Token:
    """Give a token for an account. It ends after the hours the server is set to."""
    account = verify(services.database, body.account, body.password.get_secret_value())
    if account is None:
        raise PasswordIsWrong
    token, expires_at = tokens.issue(account)
    return Token(
        token=token,
        expires_at=expires_at,
        account=account.name,
        role=account.role,
        office=account.office_code,
    )
