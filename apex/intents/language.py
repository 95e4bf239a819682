"""Tells English from other languages, by script and by the small words that every sentence has. The lists are data."""

import unicodedata

from apex.intents.rule import Finding, Heard

_ENGLISH = frozenset(
    "the of and to in is are was were for on with by from at as that this which what who how many much show list all me give "
    "have has had do does did not no or than more most each per between last first there their my our your i you we it its "
    "about can tell find get number count total average many any some when where why be been a an his her they them".split()
)
_SMALL_WORDS = {
    "German": "der die das und ist sind wie viele welche welcher welches zeige zeig mir uns ein eine einen im am von vom für mit "
    "den dem des nach pro alle alles haben hat gibt es wir ich nicht letzten letzter letzte war waren wieviele aus auf bei über "
    "kunden bestellungen tabellen umsatz bitte wer wo wann warum monat jahr",
    "French": "le la les des une est sont combien quels quelles quel quelle montre montrez moi nous du au aux dans pour avec par "
    "sur chaque tous toutes et ou où qui que ont avons dernier dernière mois année clients commandes chiffre affaires donne donnez "
    "il ya y'a pas je vous",
    "Spanish": "el los las una es son cuántos cuantos cuántas cuantas qué cuáles cuales muestra muéstrame dame lista del en por para "
    "con cada todos todas y quién cuál hay tenemos último última mes año clientes pedidos ventas mostrar cuál no yo nuestro",
    "Italian": "il lo gli una è sono quanti quante quali mostra mostrami dammi elenca del della dei delle nel per con ogni tutti "
    "tutte e chi che abbiamo ultimo ultima mese anno clienti ordini vendite ci",
    "Portuguese": "o os uma é são quantos quantas quais mostre mostra me liste do da dos das no na nos nas por para com cada todos "
    "todas e quem que temos último última mês ano clientes pedidos vendas há existem",
    "Dutch": "het een zijn hoeveel welke toon laat zien mij alle van voor met per elke en wie wat er hebben wij laatste maand jaar "
    "klanten bestellingen omzet uit op bij niet",
    "Polish": "ile jest są pokaż jakie które wszystkich wszystkie w z na dla każdego i kto mamy ostatni miesiąc rok klientów klienci "
    "zamówień sprzedaż nie",
    "Turkish": "kaç tane hangi göster bana tüm ve ile için her bir müşteri sipariş var nedir listele son ay yıl",
    "Swedish": "hur många vilka visa mig alla och är av för med per varje en ett det som har vi senaste månaden år kunder",
}
_LISTS = {language: frozenset(words.split()) for language, words in _SMALL_WORDS.items()}
_SCRIPTS = {
    "CJK": "Chinese or Japanese", "HIRAGANA": "Japanese", "KATAKANA": "Japanese", "HANGUL": "Korean", "CYRILLIC": "Russian or another "
    "language in Cyrillic letters", "ARABIC": "Arabic", "HEBREW": "Hebrew", "GREEK": "Greek", "THAI": "Thai", "DEVANAGARI": "Hindi",
}  # fmt: skip


def other_language(heard: Heard) -> Finding | None:
    """Without a model only English is understood; with one, any language is a question about data."""
    language = language_of(heard)
    if language == "English":
        return None
    if heard.model:
        return Finding(kind="data", reason=f"a question in {language}, for the model")
    return Finding(
        kind="unintelligible",
        reason=f"written in {language}, and there is no model",
        reply=f"This seems to be {language}. Without a model only English is understood; ask in English, or configure a model "
        "(DATACHAT_MODEL, OPENAI_API_KEY) that understands other languages.",
    )


def language_of(heard: Heard) -> str:
    """The language of a question; English unless another one is plain."""
    letters = [each for each in heard.text if each.isalpha()]
    foreign = [each for each in letters if ord(each) > 0x24F]
    if len(foreign) * 2 > len(letters):
        return _script(foreign[0])
    words = [word.folded for word in heard.words if not word.literal]
    english = sum(word in _ENGLISH for word in words)
    scores = {language: sum(word in known for word in words) for language, known in _LISTS.items()}
    best = max(scores, key=lambda language: scores[language])
    return best if scores[best] >= 2 and scores[best] > english else "English"


def _script(letter: str) -> str:
    name = unicodedata.name(letter, "").split(" ")[0].split("-")[0]
    return _SCRIPTS.get(name, "a language other than English")
