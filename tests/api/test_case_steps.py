"""The steps of a case over HTTP: each done, twice, too late, by the wrong hands."""

from dataclasses import dataclass
from typing import Any

import pytest

from tests import examples as x
from tests.api.county import ACCEPTANCE, GRANT, County, assert_problem
from tests.rules import rule

OPEN, ACCEPTED, DECIDED = "case", "accepted", "decided"
REFUSAL = {
    "kind": "not_competent",
    "reason": "由民政局办理",
    "competent_organ": "县民政局",
    "document_no": "不〔2026〕1号",
    "seal": "S-1",
}
HANDOVER = {"to": str(x.BO), "reason": "外出培训"}


@dataclass(frozen=True)
class Step:
    """A step, where a case must be for it, and what it is refused with afterwards."""

    name: str
    body: dict[str, Any]
    at: str
    stage: str
    too_late: str = "case-is-finished"


STEPS = (
    Step("notice", {"materials": None}, OPEN, "open", "case-is-decided"),
    Step("materials", {"materials": ["M1"]}, OPEN, "open", "case-is-decided"),
    Step("acceptance-refusal", REFUSAL, OPEN, "acceptance_refused", "case-is-decided"),
    Step("handovers", HANDOVER, OPEN, "open", "case-is-decided"),
    Step("decision", GRANT, ACCEPTED, "decided", "case-is-decided"),
    Step("delivery", {"mode": "counter"}, DECIDED, "delivered"),
    Step("withdrawal", {"reason": "不需要"}, ACCEPTED, "withdrawn", "case-is-decided"),
)  # fmt: skip
each_step = pytest.mark.parametrize("step", STEPS, ids=lambda step: step.name)


def path_to(county: County, step: Step) -> str:
    case: str = getattr(county, step.at)()
    return f"{case}/{step.name}"


@each_step
def test_a_step_is_done_once(county: County, step: Step) -> None:
    path = path_to(county, step)
    first = county.anna.post(path, step.body, Idempotency_Key="k")
    assert (first.status_code, first.json()["status"]) == (200, "done"), first.text
    assert first.headers["etag"] == f'"{first.json()["version"]}"'
    again = county.anna.post(path, step.body, Idempotency_Key="k")
    assert again.json() == first.json()
    read = county.bo.get(path.rpartition("/")[0]).json()
    assert (read["case"]["stage"], read["version"]) == (
        step.stage,
        first.json()["version"],
    )


@each_step
def test_a_step_against_a_stale_version_is_refused(county: County, step: Step) -> None:
    path = path_to(county, step)
    refused = county.anna.post(path, step.body, If_Match='"1"')
    assert_problem(refused, 412, "version-is-stale")


@each_step
@rule("R-822")
def test_a_step_is_a_clerks(county: County, step: Step) -> None:
    path = path_to(county, step)
    for caller in (county.evaluator, county.admin, county.supervisor):
        assert_problem(caller.post(path, step.body), 403, "role-may-not")


@pytest.mark.parametrize(
    "step", [s for s in STEPS if s.name != "handovers"], ids=lambda step: step.name
)
@rule("R-226")
def test_a_step_is_for_who_is_responsible(county: County, step: Step) -> None:
    path = path_to(county, step)
    problem = assert_problem(
        county.bo.post(path, step.body), 409, "officer-is-not-responsible"
    )
    assert "交接" in problem["remedy"]


@pytest.mark.parametrize("step", STEPS[:5], ids=lambda step: step.name)
def test_a_step_that_comes_too_late(county: County, step: Step) -> None:
    case = county.decided()
    body = step.body | ({"outcome": "refused"} if step.name == "decision" else {})
    refused = county.anna.post(f"{case}/{step.name}", body)
    assert_problem(refused, 409, step.too_late)


def test_acceptance_needs_all_required_materials(county: County) -> None:
    case = county.case()
    early = county.anna.post(f"{case}/acceptance", ACCEPTANCE)
    problem = assert_problem(early, 409, "materials-are-missing")
    assert (problem["rule"], problem["facts"]) == ("R-105", {"missing": "M1,M2"})
    county.anna.post(f"{case}/materials", {"materials": ["M1", "M2"]})
    assert county.anna.post(f"{case}/acceptance", ACCEPTANCE).status_code == 200
    other = ACCEPTANCE | {"document_no": "受〔2026〕2号"}
    twice = county.anna.post(f"{case}/acceptance", other)
    assert_problem(twice, 409, "case-is-accepted")


@rule("R-226")
def test_the_backup_takes_a_case_over_by_himself(county: County) -> None:
    path = f"{county.case()}/handovers"
    assert county.bo.post(path, HANDOVER).json()["status"] == "done"
    blank = {"to": str(x.ANNA), "reason": " "}
    assert_problem(county.bo.post(path, blank), 422, "reason-is-missing")


@rule("R-138")
def test_a_refusal_has_reasons_and_remedies(county: County) -> None:
    case, body = county.accepted(), GRANT | {"outcome": "refused"}
    bare = county.anna.post(f"{case}/decision", body)
    assert_problem(bare, 422, "reasons-and-remedies-are-missing")
    told = body | {"reasons": "收入超标", "remedies": "六十日内可申请行政复议"}
    assert county.anna.post(f"{case}/decision", told).status_code == 200


@rule("R-130", "R-134")
def test_nothing_is_decided_or_delivered_too_early(county: County) -> None:
    case = county.case()
    decided = county.anna.post(f"{case}/decision", GRANT)
    assert_problem(decided, 409, "case-is-not-accepted")
    delivered = county.anna.post(f"{case}/delivery", {"mode": "post"})
    assert_problem(delivered, 409, "case-is-not-decided")


@rule("R-304", "R-305")
def test_a_service_is_rated_once_and_not_by_a_clerk(county: County) -> None:
    case, body = county.decided(), {"level": "satisfied", "channel": "hall_tablet"}
    assert_problem(county.anna.post(f"{case}/rating", body), 403, "role-may-not")
    assert county.evaluator.post(f"{case}/rating", body).json()["status"] == "done"
    changed = body | {"level": "very_satisfied"}
    twice = county.evaluator.post(f"{case}/rating", changed)
    assert_problem(twice, 409, "case-is-rated")


@rule("R-117", "R-202")
def test_a_village_point_transfers_what_it_may_not_accept(county: County) -> None:
    body = {"item_code": x.ITEM, "applicant": county.party(), "channel": "agency"}
    opened = county.chen.post("/cases", body | {"post": str(x.AGENCY_DESK)})
    case = f"/cases/{opened.json()['id']}"
    county.chen.post(f"{case}/materials", {"materials": ["M1", "M2"]})
    kept = county.chen.post(f"{case}/acceptance", ACCEPTANCE)
    assert_problem(kept, 409, "village-point-cannot-accept")
    transfer = {"to_post": str(x.WINDOW), "reason": "转乡镇受理"}
    assert county.chen.post(f"{case}/transfers", transfer).status_code == 200
    assert county.anna.post(f"{case}/acceptance", ACCEPTANCE).status_code == 200


@rule("R-904")
def test_a_transfer_stays_on_the_line(county: County) -> None:
    case = county.case()
    aside = {"to_post": str(x.OTHER_WINDOW), "reason": "协助"}
    refused = county.anna.post(f"{case}/transfers", aside)
    assert_problem(refused, 409, "transfer-leaves-the-line")
