"""Staged facts of a foreign log as commands at the door, each under its own key."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import assert_never
from uuid import UUID, uuid5

from consumers.foreign_log.meaning import Mapping
from consumers.foreign_log.rows import Ending, Opening, StagedItem, Step
from domain.authority import Role
from domain.case.commands import (
    RecordSourceCase,
    RecordSourceEnd,
    RecordSourceStep,
)
from domain.office.commands import RegisterOffice
from domain.staff.commands import NameSourceOfficer
from infra.context import Context, Request
from infra.envelope import Provenance
from infra.subjects.streams import source_case_id, source_officer_id

COMMANDS = UUID("0f3c7b52-9a52-5c8e-8a0b-2d8c0f6f4b01")
IMPORTED = ("imported",)


@dataclass(slots=True, kw_only=True)
class Commands:
    """Turns staged items into requests; remembers whom it has named already.

    ``now`` is the log's clock when the import began. ``known_offices`` exist.
    """

    mapping: Mapping
    now: datetime
    known_offices: set[str]
    named: set[str] = field(default_factory=set)

    def of(self, item: StagedItem) -> Iterator[Request]:
        match item:
            case Opening():
                yield from self._office(item)
                yield self._opening(item)
            case Step():
                yield from self._officer(item.row.officer)
                yield self._step(item)
            case Ending():
                yield self._ending(item)
            case _:
                assert_never(item)

    def _office(self, item: Opening) -> Iterator[Request]:
        code = item.case.office_code
        if code in self.known_offices:
            return
        self.known_offices.add(code)
        command = RegisterOffice(
            code=code, name=item.case.office_name, phone="", now=self.now
        )
        yield self._request(command, f"office:{code}", None, "")

    def _officer(self, label: str | None) -> Iterator[Request]:
        if label is None or label in self.named:
            return
        self.named.add(label)
        command = NameSourceOfficer(
            officer_id=source_officer_id(self.mapping.log.name, label),
            label=label,
            office_code=self.mapping.office.code,
            now=self.now,
        )
        yield self._request(command, f"officer:{label}", None, "")

    def _opening(self, item: Opening) -> Request:
        case = item.case
        command = RecordSourceCase(
            case_id=self.case_id(case.case),
            source_case=case.case,
            source_log=self.mapping.log.name,
            office_code=case.office_code,
            item_name=case.item,
            channel=case.channel,
            opened_at=case.opened_at,
            deadline_at=case.deadline_at,
            attributes=case.attributes,
            now=self.now,
        )
        at = case.opened_at or item.at
        return self._request(command, f"case:{case.case}", at, case.digest)

    def _step(self, item: Step) -> Request:
        row = item.row
        command = RecordSourceStep(
            case_id=self.case_id(row.case),
            activity=row.activity,
            transition=row.transition,
            step=row.step,
            kind=row.kind,
            officer=self._officer_id(row.officer),
            previous_officer=self._officer_id(item.previous_officer),
            group=row.group,
            now=self.now,
        )
        key = f"row:{row.case}:{row.key}"
        return self._request(command, key, row.at, row.digest)

    def _ending(self, item: Ending) -> Request:
        command = RecordSourceEnd(
            case_id=self.case_id(item.case), ended_at=item.ended_at, now=self.now
        )
        return self._request(command, f"end:{item.case}", item.ended_at, "")

    def case_id(self, case: str) -> UUID:
        return source_case_id(self.mapping.log.name, case)

    def _officer_id(self, label: str | None) -> UUID | None:
        return source_officer_id(self.mapping.log.name, label) if label else None

    def _request(
        self, command: object, row: str, at: datetime | None, digest: str
    ) -> Request:
        log = self.mapping.log
        context = Context(
            actor=f"import:{log.name}",
            role=Role.IMPORTER,
            key=row,
            command_id=uuid5(COMMANDS, f"{log.name}|{row}"),
            correlation_id=f"import:{log.name}",
            effective_at=at,
            flags=IMPORTED,
            provenance=Provenance(
                log=log.name, row=row, mapping=log.version, digest=digest
            ),
        )
        return Request(command=command, context=context)
