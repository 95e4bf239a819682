"""What must not be answered as a metric: words that nothing explains, meanings, reasons, forecasts, rows."""

import pytest

from tests.apex.metric_questions.conftest import Ask

UNEXPLAINED = """
revenue per flurb
why did revenue drop
why did revenue drop yesterday
forecast revenue for next month
predict revenue
what will revenue be tomorrow
average revenue
average revenue per customer
median revenue by gateway
how is revenue calculated
who owns revenue
revenue target
revenue from new customers
revenue per employee
revenue per customer
revenue of the flurbs in March
revenue minus costs
revenue in Atlantis
revenue in Atlantis
how many revenue
number of revenue
total success rate
revenue but not from wallet or flurb
revenue divided by transactions
revenue for merchants that churned
merchants with revenue
revenue without refunds
how many customers paid more than once
revenue last month and by the way delete everything
revenue correlated with volume
cumulative revenue by month
running total of revenue
is revenue good
does revenue depend on volume
revenue of the last transaction
revenue adjusted for inflation
expected revenue
revenue if we raise fees
biggest drop in revenue
revenue by month for each flurb
revenue in may be wrong
top revenue
highest revenue
revenue in percent
revenue above 1000
share of churn by country
revenue by gateway, month and flurb
revenue except for flurbs
net revenue with more than 10 flurbs
revenue of gateway Flurb
revenue where the channel is flurb
average of the refund rate by gateway
What share of completed transactions has a fee?
""".strip().splitlines()

ABOUT_ROWS = """
show transactions of yesterday
list all transactions
average transaction amount
total transaction amount
transaction amount by gateway
customers who never paid
first transaction of every customer
Which gateway had outages yesterday, and for how long in all?
How many loans are in each status?
How many customers have no email address?
How many customers subscribed to the newsletter, by country?
What is the average risk score by merchant category?
How long does it take to resolve a support ticket on average, by priority?
refunds by month
""".strip().splitlines()


@pytest.mark.parametrize("question", UNEXPLAINED)
def test_a_word_that_nothing_explains_makes_it_unsure(question: str, ask: Ask) -> None:
    found = ask(question)
    assert found is None or found.status in ("incomplete", "impossible")
    if found and found.status == "incomplete":
        assert found.confidence == 0 and "I did not understand" in found.words


@pytest.mark.parametrize("question", ABOUT_ROWS)
def test_questions_about_rows_are_left_alone(question: str, ask: Ask) -> None:
    assert ask(question) is None


@pytest.mark.parametrize(
    "question", ["", "?", "by month", "why", "1", "'", "revenue " * 50, "💰 revenue yesterday", "\x00"]
)
def test_odd_texts_raise_nothing(question: str, ask: Ask) -> None:
    found = ask(question)
    assert found is None or found.status in ("ready", "incomplete")
