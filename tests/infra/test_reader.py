"""What one decision read, and on which version it rests until it is appended."""

from uuid import UUID

from domain.post.state import fold
from infra.reader import CACHE_SIZE, FactCache, Reader
from tests import examples as x
from tests.world import World


def test_a_fact_kept_for_later_is_read_once(settled: World) -> None:
    cache = FactCache()
    first = Reader(settled.services.log, cache)
    post = first.fact(x.WINDOW, fold, "post")
    assert first.facts == {"post": 1}
    later = Reader(settled.services.log, cache)
    assert later.fact(x.WINDOW, fold, "post") is post
    assert later.versions == {x.WINDOW: 1}


def test_a_decision_rests_on_the_oldest_version_it_saw(settled: World) -> None:
    cache = FactCache()
    cache.keep(x.WINDOW, 0, fold([]))  # as it was before the post was established
    reader = Reader(settled.services.log, cache)
    assert not reader.fact(x.WINDOW, fold, "post").exists
    assert reader.version(x.WINDOW) == 1
    assert reader.versions == {x.WINDOW: 0}


def test_what_a_batch_has_added_is_not_kept_for_others(settled: World) -> None:
    cache = FactCache()
    reader = Reader(settled.services.log, cache)
    (established,) = (r.event for r in settled.services.log.stream(x.WINDOW))
    reader.add(UUID(int=5), established)
    assert reader.fact(UUID(int=5), fold, "post").exists
    assert cache.get(UUID(int=5)) is None
    assert reader.versions == {UUID(int=5): 0}


def test_the_cache_is_bounded() -> None:
    cache = FactCache()
    for number in range(CACHE_SIZE + 1):
        cache.keep(UUID(int=number), 1, number)
    assert cache.get(UUID(int=0)) is None
    assert cache.get(UUID(int=CACHE_SIZE)) == (1, CACHE_SIZE)
