"""The tables of options hold what they say they hold."""

from __future__ import annotations

from gateway.catalog.program_options import LONG_FLAGS, SWITCHES, VALUE_OPTIONS, WORD_FLAGS
from gateway.policy.command_prefix import flag_names


def test_a_short_flag_is_one_letter_and_its_long_name_has_no_dashes() -> None:
    assert all(len(short) == 1 and not long.startswith("-") for flags in LONG_FLAGS.values() for short, long in flags.items())


def test_options_are_written_with_their_dashes() -> None:
    assert all(option.startswith("-") for options in VALUE_OPTIONS.values() for option in options)
    assert all(option.startswith("-") for option in SWITCHES)


def test_no_program_has_letters_and_words_behind_one_dash() -> None:
    assert not WORD_FLAGS & set(LONG_FLAGS)
    assert flag_names("find", [], "-delete") == {"-delete"} and flag_names("rm", [], "-rf") == {"--recursive", "--force"}
