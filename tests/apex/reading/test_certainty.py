"""How sure readings are, and what is told of why."""

from apex.reading.certainty import HIGH, KEPT, Forest, certainty, forest, likelihood, telling


def test_no_factor_at_all_is_less_sure_than_a_reading_that_explains_everything() -> None:
    explained = {"all explained": 1.0, "words used": 1.0, "share": 1.0, "margin": 1.0, "no rival": 1.0}
    unread = {"unexplained": 0.5, "unread share": 0.5, "unread operators": 1.0, "unread words": 3.0}
    assert certainty(explained) > certainty(unread)


def test_words_that_nothing_explains_speak_against_a_reading() -> None:
    told = telling({"unexplained": 0.5, "unread share": 0.5, "unread operators": 1.0, "unread words": 3.0})
    assert 0 < len(told) <= 6
    assert sum(told.values()) < 0


def test_the_file_says_how_it_was_made_and_names_the_factors_of_its_steps() -> None:
    known = forest()
    assert known.made.startswith("python -m evals.calibrate")
    assert 0.5 < known.answered < 1
    assert all(node.factor < len(known.factors) for tree in known.trees for node in tree)


def test_what_is_high_is_told_only_where_it_was_earned() -> None:
    plain = Forest("", (), (), bias=0.0, slope=1.0, answered=0.8)
    careful = plain._replace(sure=0.94)
    for spoken in (-3.0, 0.0, 1.2, 2.5, 5.0):
        assert likelihood(careful, spoken) <= likelihood(plain, spoken) + 1e-9
    told = [likelihood(careful, spoken / 10) for spoken in range(-50, 80)]
    assert told == sorted(told)
    assert any(KEPT < each < HIGH for each in told)
    assert likelihood(careful, 2.5) < HIGH < likelihood(plain, 2.5)
