"""What the compiler makes of a reading: a statement, a question back, or why a model has to go on."""

from collections.abc import Sequence

from apex.compile.walk import tables_of
from apex.intents.folding import is_no
from apex.reading.engine import Reading
from apex.reading.settling import Settled
from apex.wording.describe import describe
from core.values import Clarification, Compiled, Evidence, Exchange

WHICH = "I can read this question in two ways. Which one do you mean?"
MEANT = "I am not sure that I understand. Is this what you mean?"
OTHERWISE = "Then I have misread it. Other words may help, or the names of tables and columns as they are written."


def chosen_of(asked: Compiled | None, exchanges: Sequence[Exchange]) -> Compiled | None:
    """The reading that the last reply chose among those that were asked about; None where it says something else."""
    if asked is None or asked.clarification is None or not exchanges:
        return None
    ready = dict(zip(asked.clarification.options, asked.readings, strict=False))
    reply = exchanges[-1].reply
    if len(ready) == 1 and is_no(reply):
        return Compiled(
            status="incomplete", source="model", words=OTHERWISE, confidence=0.0, reason="not what was meant"
        )
    chosen = ready.get(reply)
    how = "chosen among several readings" if len(ready) > 1 else "asked about, and meant"
    return chosen and chosen.model_copy(update={"confidence": 1.0, "reason": how})


def compiled_of(reading: Reading, *, least: float = 0.0) -> Compiled:
    """The page of the compiler: a statement, a question back, or what a model has to go on from.

    What is less certain than `least` goes to the model, too.
    """
    if reading.status == "sure" and reading.settled and reading.confidence >= least:
        return _ready(reading.settled, reading.confidence, reading.reason, reading.assumptions)
    if reading.status == "twofold" and reading.settled and reading.rival:
        both = (reading.settled, reading.rival)
        options = [describe(each.plan) for each in both]
        asked = Clarification(question=WHICH, options=options)
        # What reads alike in words leaves nothing to choose.
        if len(set(options)) == len(options):
            return Compiled(
                status="ambiguous",
                source="plan",
                clarification=asked,
                confidence=0.0,
                reason=reading.reason,
                readings=[_ready(each, reading.confidence, reading.reason) for each in both],
            )
    asked = _asked(reading)
    if reading.status == "impossible":
        # No model can answer what no row can fit.
        return Compiled(status="impossible", source="plan", words=reading.reason, confidence=0.0, reason=reading.reason)
    return Compiled(
        status="incomplete",
        source="model",
        confidence=reading.confidence,
        words=_missing(reading),
        reason=reading.reason,
        plan=reading.plan,
        clarification=asked,
        readings=[_ready(reading.settled, reading.confidence, reading.reason)] if asked and reading.settled else [],
    )


def one_by_one(several: Sequence[str]) -> Compiled | None:
    """What several questions at once come to; None where it is one."""
    if len(several) < 2:
        return None
    words = f"These are {len(several)} questions. Ask them one by one: {' '.join(several)}"
    return Compiled(
        status="incomplete",
        source="model",
        words=words,
        confidence=0.0,
        follow_ups=list(several),
        reason=f"{len(several)} questions",
    )


def _asked(reading: Reading) -> Clarification | None:
    """The only likely reading, to be asked about where no model can go on."""
    likely = reading.status == "likely" and reading.settled
    return Clarification(question=MEANT, options=[describe(likely.plan)]) if likely else None


def _ready(settled: Settled, confidence: float, reason: str, assumed: Sequence[str] = ()) -> Compiled:
    tables = sorted(map(str, tables_of(settled.plan)))
    return Compiled(
        status="ready",
        source="plan",
        sql=settled.compilation.sql,
        plan=settled.plan,
        confidence=confidence,
        assumptions=[*assumed, *settled.assumptions],
        evidence=[*_rules(settled), *(Evidence(kind="table", id=table) for table in tables)],
        tables=tables,
        reason=reason,
    )


def _rules(settled: Settled) -> list[Evidence]:
    """The constraints that shaped the statement."""
    rules = settled.ruled.rules if settled.ruled else ()
    return [Evidence(kind=each.kind, id=each.id, version=str(each.version)) for each in rules]


def _missing(reading: Reading) -> str:
    """Which words were not understood, and what would help."""
    if reading.hindered:
        return f"I could not answer this question: {reading.hindered}"
    if reading.unexplained:
        words = ", ".join(f'"{word}"' for word in dict.fromkeys(reading.unexplained))
        return f"I did not understand {words}. A synonym for a table or column, or a metric, would help."
    if reading.status == "nothing":
        return f"I could not read this question: {reading.reason.rstrip('.')}."
    return f"I am not sure enough that this is meant: {reading.reason.rstrip('.')}."
