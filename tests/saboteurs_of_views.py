"""Damage to the projector that a named test must notice."""

from tests.saboteurs_of_log import Saboteur

LEASE = "tests/projections/test_lease.py"

SABOTEURS = (
    Saboteur(
        name="two projectors may work on one view",
        file="projections/standing.py",
        old="FOR UPDATE SKIP LOCKED\n",
        new="\n",
        test=f"{LEASE}::test_what_one_projector_works_on_no_other_touches",
    ),
    Saboteur(
        name="a projector trusts rows that another may have written since",
        file="projections/feeder.py",
        old="if batch.start != self._reached or not is_mine:",
        new="if batch.start != self._reached:",
        test=f"{LEASE}::test_rows_remembered_from_before_another_wrote_do_not_count",
    ),
    Saboteur(
        name="a lease is no hindrance",
        file="projections/standing.py",
        old="held_until < clock_timestamp()",
        new="held_until < 'infinity'",
        test=f"{LEASE}::test_a_view_is_left_to_its_keeper_until_the_lease_ends",
    ),
    Saboteur(
        name="a rebuilt view is switched without what happened meanwhile",
        file="projections/switching.py",
        old="while position < at_least:",
        new="while False:",
        test=(
            "tests/projections/test_rebuild_switching.py"
            "::test_the_switch_brings_what_came_after_the_last_batch"
        ),
    ),
)
