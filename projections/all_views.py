"""Every view there is, in the order the runner feeds them."""

from typing import cast

from projections import (
    deadlines,
    efficiency,
    inbox,
    items,
    officers,
    offices,
    paths,
    posts,
    tracking,
    watchlist,
)
from projections.view import View

ALL: tuple[View, ...] = cast(
    "tuple[View, ...]",
    (
        offices,
        officers,
        posts,
        items,
        tracking,
        deadlines,
        efficiency,
        paths,
        watchlist,
        inbox,
    ),
)
