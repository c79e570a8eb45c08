"""Rules for posts: an A and a B holder, two different officers (R-226, R-229)."""

from dataclasses import dataclass
from typing import ClassVar, assert_never
from uuid import UUID

from domain.office.decisions import OfficeNotFound
from domain.office.state import Office
from domain.post.commands import ChangePostHolders, EstablishPost, PostCommand
from domain.post.events import PostEstablished, PostEvent, PostHoldersChanged
from domain.post.state import Post
from domain.rejections import NoSuchThing, Rejection
from domain.staff.decisions import OfficerNotFound
from domain.staff.state import Officer


class PostNotFound(NoSuchThing):
    code: ClassVar[str] = "post-not-found"
    rule: ClassVar[str] = "R-226"
    title: ClassVar[str] = "没有这个岗位"
    remedy: ClassVar[str] = "请核对岗位编号，或先设立岗位。"


class PostNeedsTwoHolders(Rejection):
    """R-229: B ≠ A, or nobody covers when A is away."""

    code: ClassVar[str] = "post-needs-two-holders"
    rule: ClassVar[str] = "R-229"
    title: ClassVar[str] = "A岗与B岗不能是同一人"
    remedy: ClassVar[str] = "请另指定一名熟悉业务的工作人员担任B岗。"


class PostIsEstablished(Rejection):
    code: ClassVar[str] = "post-is-established"
    rule: ClassVar[str] = "R-226"
    title: ClassVar[str] = "该岗位已设立，内容不同"
    remedy: ClassVar[str] = "如需换人，请使用调整A/B岗。"


@dataclass(frozen=True, slots=True, kw_only=True)
class PostFacts:
    office: Office | None
    primary: Officer | None
    backup: Officer | None


def decide(post: Post, command: PostCommand, facts: PostFacts) -> tuple[PostEvent, ...]:
    match command:
        case EstablishPost():
            return _establish(post, command, facts)
        case ChangePostHolders():
            return _change(post, command, facts)
        case _:
            assert_never(command)


def _establish(
    post: Post, command: EstablishPost, facts: PostFacts
) -> tuple[PostEvent, ...]:
    if facts.office is None or not facts.office.exists:
        raise OfficeNotFound(code=command.office_code)
    _require_holders(command.primary, command.backup, facts)
    established = PostEstablished(
        post_id=command.post_id,
        office_code=command.office_code,
        name=command.name,
        primary=command.primary,
        backup=command.backup,
    )
    if not post.exists:
        return (established,)
    if (post.office_code, post.name) != (command.office_code, command.name) or (
        post.primary,
        post.backup,
    ) != (command.primary, command.backup):
        raise PostIsEstablished(post=str(command.post_id))
    return ()


def _change(
    post: Post, command: ChangePostHolders, facts: PostFacts
) -> tuple[PostEvent, ...]:
    if not post.exists:
        raise PostNotFound(post=str(command.post_id))
    _require_holders(command.primary, command.backup, facts)
    if (post.primary, post.backup) == (command.primary, command.backup):
        return ()
    return (PostHoldersChanged(primary=command.primary, backup=command.backup),)


def _require_holders(primary: UUID, backup: UUID, facts: PostFacts) -> None:
    if primary == backup:
        raise PostNeedsTwoHolders(officer=str(primary))
    for officer_id, officer in ((primary, facts.primary), (backup, facts.backup)):
        if officer is None or not officer.exists:
            raise OfficerNotFound(officer=str(officer_id))
