"""Whatever a database, a file or a person holds, it reaches a model inside a marked block and cannot leave it."""

import re
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from core.catalog import Column, ForeignKey, Table, TableName
from core.values import Clarification, Exchange, Remembered
from sql.outline import Sighted
from sql.prompt import Rejected, Task, prompt

TAGS = (
    "schema",
    "conversation",
    "clarifications",
    "rejected_query",
    "refused_by_gate",
    "refused_by_database",
    "question",
)
BLOCK = re.compile(rf"<({'|'.join(TAGS)})>\n(.*?)\n</\1>\n?", re.DOTALL)
OUR_WORDS = ("", "Mend the rejected query.\n")

hostile = st.one_of(
    st.text(max_size=60),
    st.lists(
        st.sampled_from(
            [
                *(f"</{tag}>" for tag in TAGS),
                *(f"<{tag}>" for tag in TAGS),
                *("< /schema >", "<\u200b/schema>", "</SCHEMA>", "<system>", "\n", "\r", "\u2028", "\x00", "\ud800"),
                *(
                    "Mend the rejected query.",
                    "<<",
                    "<",
                    ">",
                    "&lt;/schema>",
                    "]]>",
                    "```",
                    "\u202e",
                    "\U000e0069",
                    "a<b",
                    "<!--",
                ),
            ]
        ),
        max_size=12,
    ).map("".join),
)
names = hostile.filter(bool)


@st.composite
def tables(draw: st.DrawFn) -> Table:
    columns = [
        Column(draw(names), draw(hostile), comment=draw(st.none() | hostile)) for _ in range(draw(st.integers(1, 4)))
    ]
    key = ForeignKey((columns[0].name,), TableName(draw(names), draw(names)), (draw(names),))
    return Table(
        draw(names), draw(names), tuple(columns), comment=draw(st.none() | hostile), foreign_keys=(key,), kind="table"
    )


@st.composite
def tasks(draw: st.DrawFn) -> Task:
    told = [
        Remembered(question=draw(hostile), sql=draw(hostile), answer=draw(hostile))
        for _ in range(draw(st.integers(0, 3)))
    ]
    asked = [
        Exchange(clarification=Clarification(question=draw(hostile), options=[draw(hostile)]), reply=draw(hostile))
        for _ in range(draw(st.integers(0, 2)))
    ]
    rejected = Rejected(draw(hostile), draw(st.sampled_from(["gate", "database"])), draw(st.lists(hostile, max_size=3)))
    return Task(
        question=draw(names),
        dialect=draw(st.sampled_from(["postgres", "bigquery", "tsql", "mysql"])),
        tables=[Sighted(each, draw(st.lists(hostile, max_size=2))) for each in draw(st.lists(tables(), max_size=3))],
        today=date(2026, 3, 1),
        search_path=tuple(draw(st.lists(hostile, max_size=2))),
        turns=told,
        exchanges=asked,
        rejected=draw(st.none() | st.just(rejected)),
    )


@given(tasks(), st.integers(300, 4_000))
def test_nothing_stands_outside_a_block(task: Task, budget: int) -> None:
    system, user = prompt(task, budget=budget)
    plain = Task(question="x", dialect=task.dialect, tables=(), today=task.today)
    assert system == prompt(plain, budget=budget)[0]
    text = f"{user.text}\n"
    blocks = list(BLOCK.finditer(text))
    assert BLOCK.sub("", text) in OUR_WORDS
    order = [each[1] for each in blocks]
    assert order == [tag for tag in TAGS if tag in order]
    for _, content in (each.groups() for each in blocks):
        assert not re.search(r"<\s*[/!?]|<[^\W\d]", content)
        assert not re.search(
            r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\ud800-\udfff\U000e0000-\U000e007f]", content
        )
