"""Damage to sealing and erasure that a named test must notice."""

from tests.saboteurs_of_log import Saboteur

TESTS = "tests/infra/sealing"

SABOTEURS = (
    Saboteur(
        name="a ciphertext opens wherever it is put",
        file="infra/sealing/sealed.py",
        old="return stream_id.bytes + version.to_bytes(8) + field.encode()",
        new="return bytes(24)",
        test=f"{TESTS}/test_sealing.py"
        "::test_a_ciphertext_moved_elsewhere_does_not_open",
    ),
    Saboteur(
        name="a personal field may be stored in plain",
        file="infra/event_codec.py",
        old="        raise PersonalDataIsNotSealed\n",
        new="        pass\n",
        test="tests/infra/test_event_codec.py"
        "::test_personal_data_is_never_stored_in_plain",
    ),
    Saboteur(
        name="the erased are still found",
        file="infra/sealing/vault.py",
        old='"DELETE FROM vault.blind_index WHERE person = %s"',
        new='"SELECT %s::uuid"',
        test=f"{TESTS}/test_vault.py::test_a_destroyed_key_never_comes_back",
    ),
    Saboteur(
        name="a process keeps keys for ever",
        file="infra/sealing/person_keys.py",
        old="if until > now:",
        new="if until != now:",
        test=f"{TESTS}/test_sealing.py"
        "::test_a_key_destroyed_elsewhere_is_forgotten_in_time",
    ),
    Saboteur(
        name="a legal hold is overlooked",
        file="domain/party/erasing.py",
        old="    if party.is_held:\n",
        new="    if False:\n",
        test="tests/domain/party/test_erasing_a_person.py"
        "::test_a_legal_hold_blocks_erasure_until_it_is_released",
    ),
    Saboteur(
        name="what the law keeps is erased",
        file="domain/party/erasing.py",
        old="    if not left.has_ended(today):\n",
        new="    if False:\n",
        test="tests/domain/party/test_erasing_a_person.py"
        "::test_what_the_law_keeps_is_not_erased",
    ),
)
