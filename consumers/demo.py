"""What `banjian demo --log` shows: a foreign event log on a sample county's boards."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from consumers.foreign_log.importing import import_log
from consumers.foreign_log.mapping import read_mapping
from consumers.foreign_log.staging import stage
from infra.accounts import add_account
from infra.clock import is_clock_running, set_simulated_clock
from infra.county.settling import demo_accounts, settle_sample
from infra.services import Services

FOREIGN = Path(__file__).with_name("foreign_log")
SAMPLE = FOREIGN / "samples" / "sample.csv"
SAMPLE_MAPPING = FOREIGN / "mappings" / "sample.toml"
PASSWORD = "banjian-demo"  # noqa: S105  printed, and for simulated logs only
COUNTY = "640399000000"


class MappingIsMissing(ValueError):
    """A log was named without the mapping that says what its columns mean."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SignIn:
    """An account as the demonstration prints it and the sign-in page offers it."""

    name: str
    title: str
    password: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """The log a demonstration shows. ``is_sample``: written for the purpose."""

    file: Path
    mapping: Path
    is_sample: bool

    def in_words(self) -> str:
        if self.is_sample:
            return "showing a small log that was written for the purpose"
        return f"showing the event log {self.file.name}"


def choose(file: Path, mapping: Path | None) -> Source:
    """The log named, which needs a mapping, or the one called ``sample``."""
    if file == Path("sample"):
        return Source(file=SAMPLE, mapping=SAMPLE_MAPPING, is_sample=True)
    if mapping is None:
        msg = "name the log's mapping too: --mapping FILE.toml"
        raise MappingIsMissing(msg)
    return Source(file=file, mapping=mapping, is_sample=False)


def clock_start(source: Source, home: Path) -> datetime | None:
    """Just after the log's last fact: its board is then as on the evening it ends."""
    staged = stage(source.file, read_mapping(source.mapping), home / "imports")
    return staged.last_at + timedelta(seconds=1) if staged.last_at else None


def prepare(services: Services, source: Source) -> tuple[SignIn, ...]:
    """Settle the county, import the log, open accounts; again changes nothing."""
    settle_sample(services)
    import_log(services, source.file, source.mapping)
    if not is_clock_running(services.database):
        set_simulated_clock(services.database, services.clock(), 1.0)
    return open_accounts(services)


def open_accounts(services: Services) -> tuple[SignIn, ...]:
    """The accounts of the sample county's people, as they are printed."""
    for account in demo_accounts():
        add_account(
            services.database,
            name=account.name,
            password=PASSWORD,
            role=account.role,
            office_code=account.office,
            officer_id=account.officer,
        )
    return tuple(
        SignIn(name=a.name, title=a.title, password=PASSWORD) for a in demo_accounts()
    )


def addresses(services: Services, sign_ins: tuple[SignIn, ...]) -> str:
    """What a person needs to open it: addresses and accounts."""
    settings = services.settings
    base = f"http://{settings.host}:{settings.port}"
    lines = [
        "",
        f"  warning board   {base}/board?office={COUNTY}",
        f"  window          {base}/window",
        f"  inbox           {base}/inbox",
        f"  design          {base}/design",
        f"  sign in         {base}/login",
        f"  API             {base}/api/v1/openapi.json",
        "",
        f"  accounts, each with the password {PASSWORD}:",
        *(f"    {s.name:<12} {s.title}" for s in sign_ins),
        "",
        f"  模拟数据 the log's clock stands at {services.clock().isoformat()}",
        "  Ctrl-C ends it; the data stay in " + str(settings.home),
    ]
    return "\n".join(lines)
