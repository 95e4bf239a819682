"""The garbage collector pauses while things are loaded, and goes on as before."""

import gc

import pytest

from core.collecting import uncollected


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
