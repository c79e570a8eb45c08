"""Every setting of the program, read once from the environment (``BANJIAN_…``)."""

from pathlib import Path
from typing import Literal

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """The only reader of the environment. Field descriptions are the manual."""

    model_config = SettingsConfigDict(env_prefix="BANJIAN_", frozen=True)

    home: Path = Field(
        default=Path(".banjian"),
        description="Where the private server, keys and work lie.",
    )
    database_url: str | None = Field(
        default=None,
        description="PostgreSQL to use; without it a private one is started.",
    )
    vault_url: str | None = Field(
        default=None,
        description="PostgreSQL database of persons' keys; without it the one beside"
        " the log's, named like it with _vault.",
    )
    master_key: Path | None = Field(
        default=None,
        description="File of 32 random bytes that wrap persons' keys; without it"
        " keys/master.key in the home.",
    )
    pg_bindir: Path | None = Field(
        default=None,
        description="PostgreSQL binaries for the private server, if not found.",
    )
    durable: bool = Field(
        default=True, description="fsync of the private server; false for tests only."
    )
    pool_size: int = Field(
        default=4,
        ge=1,
        le=50,
        description="Connections and API threads a process uses.",
    )
    host: str = Field(default="127.0.0.1", description="Address the API listens on.")
    port: int = Field(
        default=8000, ge=0, le=65535, description="Port the API listens on."
    )
    log_format: Literal["console", "json"] = Field(
        default="console", description="console for people, json for machines."
    )
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field(
        default="INFO", description="Least level that is written."
    )
    token_hours: int = Field(
        default=12, ge=1, le=24 * 31, description="How long a sign-in lasts, in hours."
    )
