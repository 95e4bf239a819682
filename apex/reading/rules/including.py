"""`including those without orders`, `even for shops that sold none`: groups without any row are shown, too."""

from apex.reading.scan import Scan

_ALSO = frozenset({"including", "even", "even for", "also for", "includes", "include"})
_NONE = frozenset({"none", "zero", "nothing"})


def including(scan: Scan) -> bool:
    """Read that what was grouped by is shown where nothing is measured, too."""
    found = scan.match(r"[,&k]*(?P<also>[xvi])[^.]*(?=$|[.])")
    measured = any(term.measured for term in scan.draft.outputs)
    if not found or not measured or scan.pieces[found.start("also")].text.casefold() not in _ALSO:
        return False
    pieces = scan.pieces[found.end("also") : found.end()]
    lacking = any(
        piece.sign in "!0" or piece.number == 0 or _NONE & {each.folded for each in piece.tokens} for piece in pieces
    )
    scan.draft.zeros = scan.draft.zeros or lacking
    scan.at = found.end() if lacking else scan.at
    return lacking
