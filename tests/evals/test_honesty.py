"""How far certainties are from how many were right, and how much of it is chance."""

from random import Random

from evals.honesty import calibration_error, error_by_chance


def test_certainties_are_apart_from_what_was_right_by_their_band() -> None:
    assert calibration_error([0.75, 0.75, 0.75, 0.75], [True, True, True, False]) == 0
    assert calibration_error([0.85, 0.85], [True, False]) == 0.35
    assert abs(calibration_error([0.75, 0.95], [False, True]) - 0.4) < 1e-9
    assert calibration_error([], []) == 0


def test_few_answers_are_apart_by_chance() -> None:
    sure = [0.72 + 0.2 * (place / 30) for place in range(30)]
    assert 0.06 < error_by_chance(sure) < 0.12
    assert error_by_chance(sure * 40) < 0.02


def test_honest_certainties_show_no_more_than_chance() -> None:
    chance = Random(3)
    sure = [chance.uniform(0.7, 1.0) for _ in range(500)]
    errors = [calibration_error(sure, [chance.random() < told for told in sure]) for _ in range(50)]
    assert abs(sum(errors) / 50 - error_by_chance(sure)) < 0.01
