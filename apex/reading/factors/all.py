"""All factors of a reading."""

from collections.abc import Mapping

from apex.reading.factors.case import Case
from apex.reading.factors.formed import formed
from apex.reading.factors.measured import measured
from apex.reading.factors.named import named
from apex.reading.factors.planned import planned
from apex.reading.factors.rivals import against
from apex.reading.factors.said import said
from apex.reading.factors.shaped import shaped
from apex.reading.factors.spoken import spoken


def factors_of(case: Case) -> Mapping[str, float]:
    """What speaks for and against a reading, by name."""
    return {
        **said(case),
        **named(case),
        **planned(case),
        **measured(case),
        **against(case),
        **shaped(case),
        **spoken(case),
        **formed(case),
    }
