"""The garbage collector pauses while things are loaded, passes over what stays, and goes on as before."""

import gc

import pytest

from core.collecting import passed_over, uncollected


def test_the_collector_goes_on_also_after_an_error() -> None:
    with pytest.raises(ValueError, match="broken"), uncollected():
        assert not gc.isenabled()
        raise ValueError("broken")
    assert gc.isenabled()


def test_who_turned_the_collector_off_keeps_it_off() -> None:
    gc.disable()
    try:
        with uncollected():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()


def test_what_stays_is_passed_over_until_the_end() -> None:
    before = gc.get_freeze_count()
    with passed_over():
        assert gc.get_freeze_count() > before
    assert gc.get_freeze_count() == 0
