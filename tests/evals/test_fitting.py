"""Trees that are fitted to readings: what they find, and how far they are believed."""

from dataclasses import replace
from math import exp
from random import Random

from apex.reading.certainty import choice_of, ending
from evals.boosting import Manner, binned, grown, said
from evals.fitting import Judged, believed, fitted, threshold


def _judged(count: int = 600) -> list[Judged]:
    """Readings that are right where a factor is small, unless another one forbids it; a twentieth is judged wrongly."""
    chance = Random(3)
    found: list[Judged] = []
    for number in range(count):
        factors = {"unread": chance.random(), "forbidden": float(chance.random() < 0.3), "idle": chance.random()}
        right = factors["unread"] < 0.6 and not factors["forbidden"]
        found.append(Judged("set", f"db{number % 20}", factors, right != (chance.random() < 0.05)))
    return found


def test_trees_find_what_tells_and_how_it_works_together() -> None:
    judged = _judged()
    names = ("forbidden", "idle", "unread")
    cases = binned([[each.factors[name] for name in names] for each in judged], [each.right for each in judged])
    trees = grown(cases, range(400))
    spoken = [sum(said(tree, cases, place) for tree in trees) for place in range(400, 600)]
    agreed = sum((value > 0) == each.right for value, each in zip(spoken, judged[400:], strict=True))
    assert agreed > 180


def test_cases_that_weigh_little_are_hardly_heard() -> None:
    judged = _judged()
    wrong = {place for place in range(400) if place % 5 < 3}
    rights = [each.right != (place in wrong) for place, each in enumerate(judged)]
    cases = binned([[each.factors[name] for name in ("forbidden", "unread")] for each in judged], rights)
    heard = replace(cases, weights=[0.01 if place in wrong else 1.0 for place in range(600)])
    trees = grown(heard, range(400), Manner(trees=60))
    agreed = sum((sum(said(tree, heard, at) for tree in trees) > 0) == judged[at].right for at in range(400, 600))
    assert agreed > 180


def test_the_same_cases_give_the_same_trees() -> None:
    assert fitted(_judged(200), 0.9) == fitted(_judged(200), 0.9)


def test_answers_are_as_often_right_as_is_asked_for_on_databases_that_were_not_seen() -> None:
    judged = _judged()
    found = fitted(judged, 0.9)
    answered = [
        each.right for each, sure in zip(judged, found.likelihoods, strict=True) if sure >= found.forest.answered
    ]
    assert len(answered) > 200
    assert sum(answered) / len(answered) >= 0.89


def test_a_tree_ends_where_the_fit_meant_it() -> None:
    judged = _judged(200)
    forest = fitted(judged, 0.9).forest
    rows = [[each.factors[name] for name in forest.factors] for each in judged]
    cases = binned(rows, [each.right for each in judged])
    for tree in forest.trees[:10]:
        assert [ending(choice_of(tree), row) for row in rows] == [
            said(list(tree), cases, place) for place in range(len(rows))
        ]


def test_what_is_said_too_strongly_is_believed_less() -> None:
    chance = Random(5)
    spoken = [chance.uniform(-6, 6) for _ in range(4000)]
    rights = [chance.random() < 1 / (1 + exp(-0.5 * value - 0.3)) for value in spoken]
    bias, slope = believed(spoken, rights, [1.0] * len(spoken))
    assert abs(slope - 0.5) < 0.08
    assert abs(bias - 0.3) < 0.15


def test_the_threshold_is_where_enough_are_right() -> None:
    found = [place / 100 for place in range(100)]
    assert threshold(found, [place >= 50 for place in range(100)], 1.0) == 0.5
