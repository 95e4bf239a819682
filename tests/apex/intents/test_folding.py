from apex.intents.folding import fold
from core.values import Clarification, Exchange


def _replied(question: str, reply: str, *options: str) -> str:
    return fold(
        question, [Exchange(clarification=Clarification(question="Which?", options=list(options)), reply=reply)]
    )


def test_a_chosen_name_takes_the_place_of_the_vague_one() -> None:
    assert (
        _replied("columns of accounts", "sales.accounts", "sales.accounts", "crm.accounts")
        == "columns of sales.accounts"
    )
    assert _replied("rows in gift card?", 'public."Gift Cards"') == 'rows in public."Gift Cards"?'
    assert (
        _replied("columns of payments", "stg_stripe_payments_v2", "stg_stripe_payments_v2")
        == "columns of stg_stripe_payments_v2"
    )


def test_a_name_for_nothing_in_the_question_is_added() -> None:
    assert _replied("show me the columns", "orders") == "show me the columns (orders)"
    assert _replied("revenue last month", "net") == "revenue last month (net)"


def test_yes_takes_the_only_option() -> None:
    assert _replied("columns of ordrs", "Yes!", "orders") == "columns of orders"


def test_a_whole_question_replaces_the_first() -> None:
    assert _replied("and by country?", "how many orders per country") == "how many orders per country"
    assert _replied("how many views?", 'how many "views"?', 'how many "views"?') == 'how many "views"?'


def test_an_empty_reply_changes_nothing() -> None:
    assert _replied("columns of x", "  ") == "columns of x"


def test_several_replies_are_worked_in_one_after_the_other() -> None:
    asked = Clarification(question="Which?")
    exchanges = [Exchange(clarification=asked, reply="orders"), Exchange(clarification=asked, reply="sales.orders")]
    assert fold("show me the columns", exchanges) == "show me the columns (sales.orders)"
