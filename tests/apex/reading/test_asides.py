"""What a question says beside itself: acronyms, definitions, instructions and parentheses."""

from pathlib import Path

import pytest

from apex.linking.names import NameIndex
from apex.reading.asides import plainly
from tests.apex.reading.conftest import blocks_of
from tests.apex.reading.test_business import CATALOG

PAIRS = blocks_of(Path(__file__).with_name("asides.txt"))


@pytest.mark.parametrize(("question", "plain"), PAIRS)
def test_a_question_is_said_plainly(question: str, plain: str) -> None:
    assert plainly(question, NameIndex(CATALOG.tables)) == plain.strip()
