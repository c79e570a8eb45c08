"""Damage to the rating page and to the window, and the tests that notice it."""

from tests.saboteurs_of_log import Saboteur

RATING = "tests/api/pages/test_rating_page.py::"
LIFE = "tests/api/pages/test_window_life.py::"
WINDOW = "tests/api/pages/test_window_page.py::"

OF_WINDOW = (
    Saboteur(
        name="any token of the right length opens the rating page",
        file="api/rating_links.py",
        old="return case_id if is_ours else None",
        new="return case_id",
        test=RATING + "test_a_link_cannot_be_guessed_and_names_nobody",
    ),
    Saboteur(
        name="a clerk's browser may rate",
        file="api/pages/rating.py",
        old="return COOKIE in request.cookies",
        new="return False",
        test=RATING + "test_nobody_signed_in_rates_in_a_citizens_place",
    ),
    Saboteur(
        name="a supervisor is given rating links",
        file="api/rating_links.py",
        old="if account.role is not Role.CLERK:",
        new="if False:",
        test=RATING + "test_only_a_clerk_hands_a_link_over",
    ),
    Saboteur(
        name="an option of another level is taken",
        file="domain/case/handling.py",
        old="    if foreign:\n",
        new="    if False:\n",
        test=(
            "tests/domain/rating/test_options.py"
            "::test_an_option_of_another_level_or_of_nobodys_is_refused"
        ),
    ),
    Saboteur(
        name="the window overwrites what the clerk has not seen",
        file="api/pages/window_steps.py",
        old="write = visit.write(sent.key, sent.version)",
        new="write = visit.write(sent.key)",
        test=LIFE + "test_who_was_slower_is_told_what_changed",
    ),
    Saboteur(
        name="a form that is sent twice is done twice",
        file="api/pages/window_access.py",
        old='key=f"form-{key}",',
        new="key=new_key(),",
        test=LIFE + "test_a_form_sent_twice_is_done_once",
    ),
    Saboteur(
        name="the window works on cases of other offices",
        file="api/pages/window_steps.py",
        old="    require_case(visit.services, visit.account, case_id, write.key)\n",
        new="",
        test=WINDOW + "test_a_case_of_another_office_is_not_found",
    ),
    Saboteur(
        name="another person is taken for the holder of a number",
        file="api/pages/window_new.py",
        old="known.name != party.name",
        new="False",
        test=WINDOW + "test_a_registered_applicant_is_found_again",
    ),
)
