"""The small county behind its API, and the people who call it."""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any
from uuid import UUID

from fastapi import FastAPI
from httpx import Response
from starlette.exceptions import StarletteDeprecationWarning

from api.app import create_app
from domain.authority import Role
from infra.accounts import Account
from projections.all_views import ALL
from projections.runner import Runner
from tests import examples as x
from tests.world import ID_NUMBER, World

with warnings.catch_warnings():  # it asks for another client library than ours
    warnings.simplefilter("ignore", StarletteDeprecationWarning)
    from starlette.testclient import TestClient

V1 = "/api/v1"
KEYS = count()
PARTY = {
    "kind": "person",
    "name": "张三丰",
    "number": ID_NUMBER,
    "phone": "13812345678",
}


@dataclass(frozen=True, slots=True)
class Caller:
    """Somebody who calls with a token. Every write has a new key unless one is told."""

    client: TestClient
    token: str

    def get(self, path: str, **params: str | int) -> Response:
        response: Response = self.client.get(
            V1 + path, params=params, headers=self.headers()
        )
        return response

    def post(self, path: str, body: object, **headers: str) -> Response:
        return self.send("POST", path, body, **headers)

    def send(self, method: str, path: str, body: object, **headers: str) -> Response:
        sent = {"Idempotency-Key": f"key-{next(KEYS)}"} | {
            name.replace("_", "-"): value for name, value in headers.items()
        }
        response: Response = self.client.request(
            method, V1 + path, json=body, headers=self.headers() | sent
        )
        return response

    def headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"}


@dataclass
class WallClock:
    """The real time that sign-ins are measured by, as the test sets it."""

    now: datetime = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def pass_by(self, **span: float) -> None:
        self.now += timedelta(**span)


@dataclass(frozen=True, slots=True, kw_only=True)
class County:
    """``anna`` and ``bo`` hold the township's window, ``chen`` the village's desk."""

    world: World
    app: FastAPI
    client: TestClient
    clock: WallClock

    def caller(
        self, role: Role, office: str, officer: UUID | None = None, name: str = ""
    ) -> Caller:
        account = Account(
            name=name or f"{role}-{office}-{officer}",
            role=role,
            office_code=office,
            officer_id=officer,
        )
        return Caller(self.client, self.app.state.tokens.issue(account)[0])

    @property
    def anna(self) -> Caller:
        return self.caller(Role.CLERK, x.TOWNSHIP, x.ANNA)

    @property
    def bo(self) -> Caller:
        return self.caller(Role.CLERK, x.TOWNSHIP, x.BO)

    @property
    def chen(self) -> Caller:
        return self.caller(Role.CLERK, x.VILLAGE, x.CHEN)

    @property
    def stranger(self) -> Caller:
        """A clerk of the other township."""
        return self.caller(Role.CLERK, x.OTHER_TOWNSHIP, x.CHEN, "stranger")

    @property
    def admin(self) -> Caller:
        return self.caller(Role.ADMINISTRATOR, x.COUNTY)

    @property
    def supervisor(self) -> Caller:
        return self.caller(Role.SUPERVISOR, x.COUNTY)

    @property
    def evaluator(self) -> Caller:
        return self.caller(Role.EVALUATOR, x.TOWNSHIP)

    def show(self) -> None:
        """Bring the views up to what the log holds now."""
        services = self.world.services
        Runner(services.log, services.database, ALL).catch_up()

    def party(self) -> str:
        """Id of the example person."""
        found: str = self.anna.post("/parties", PARTY).json()["id"]
        return found

    def case(self) -> str:
        """Address of a case at the township's window, Anna responsible."""
        opened = self.anna.post("/cases", case_body(self.party()))
        return f"/cases/{opened.json()['id']}"

    def accepted(self) -> str:
        case = self.case()
        self.anna.post(f"{case}/materials", {"materials": ["M1", "M2"]})
        self.anna.post(f"{case}/acceptance", ACCEPTANCE)
        return case

    def three_cases(self) -> None:
        """One open, one accepted, one decided; shown by the views."""
        self.case()
        self.accepted()
        self.decided()
        self.show()

    def decided(self) -> str:
        case = self.accepted()
        self.anna.post(f"{case}/decision", GRANT)
        return case


def told(caller: Caller, path: str, **query: str | int) -> dict[str, Any]:
    """What a read answers with 200."""
    response = caller.get(path, **query)
    assert response.status_code == 200, response.text
    answer: dict[str, Any] = response.json()
    return answer


ACCEPTANCE = {"document_no": "受〔2026〕1号", "seal": "S-1"}
GRANT = {"outcome": "granted", "document_no": "准〔2026〕1号", "seal": "S-1"}


def case_body(applicant: str, post: UUID = x.WINDOW) -> dict[str, str]:
    return {
        "item_code": x.ITEM,
        "applicant": applicant,
        "post": str(post),
        "channel": "window",
    }


@contextmanager
def county_of(world: World) -> Iterator[County]:
    """The county's API in this process; a fault in it is answered, not raised."""
    clock = WallClock()
    app = create_app(world.services, wall_clock=clock)
    with TestClient(app, raise_server_exceptions=False) as client:
        yield County(world=world, app=app, client=client, clock=clock)


def assert_problem(response: Response, status: int, code: str) -> dict[str, Any]:
    """The problem document, whole and of that status and code."""
    assert response.status_code == status, response.text
    assert response.headers["content-type"] == "application/problem+json"
    problem: dict[str, Any] = response.json()
    assert problem["code"] == code, problem
    assert problem["type"] == f"/problems/{code}"
    assert problem["status"] == status
    assert problem["title"]
    assert problem["remedy"].endswith("。")
    assert problem["rule"]
    assert problem["correlation_id"] == response.headers["x-correlation-id"]
    assert "?" not in problem["instance"]
    return problem
