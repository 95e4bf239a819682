from apex.confidence import confidence_of, factors_of_compiled, factors_of_draft
from core.values import Compiled, Draft, Found

FOUND = [Found(table="public.orders", score=0.8)]


def test_a_clean_draft_keeps_the_model_s_own_confidence() -> None:
    factors = factors_of_draft(
        Draft(sql="SELECT 1", confidence=0.9),
        repairs=0,
        truncated=False,
        empty=False,
        used=["public.orders"],
        found=FOUND,
    )
    assert factors == {"model": 0.9}
    assert confidence_of(factors) == 0.9


def test_every_doubt_takes_its_share() -> None:
    factors = factors_of_draft(
        Draft(sql="SELECT 1", confidence=0.9), repairs=2, truncated=True, empty=True, used=["public.other"], found=FOUND
    )
    assert set(factors) == {"model", "repairs", "truncated", "empty", "retrieval"}
    assert confidence_of(factors) == round(0.9 * 0.81 * 0.95 * 0.9 * 0.85, 4)


def test_the_catalog_is_certain() -> None:
    assert confidence_of(factors_of_compiled(Compiled(status="told"))) == 1.0
