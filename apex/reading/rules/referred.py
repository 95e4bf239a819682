"""`who have president votes`, `without an advisor`: rows that a referring column of another table speaks of."""

from apex.linking.link import Link
from apex.reading.draft import Exists, Ref
from apex.reading.scan import Scan


def referred(scan: Scan) -> bool:
    """Read whether some row refers to one by a column that is named."""
    found = scan.match(r"[,&k]*[wrh]+(?P<neg>!)?h?(?P<c>C)(?=$|[.,&kiw])")
    if not found or ("w" not in found.group() and "h" not in found.group()):
        return False
    tables = {link.table for subject in scan.draft.subjects[:1] for link in subject.links[:1]}
    column = scan.column(found.start("c"))
    link = next((link for link in column.links if _refers(scan, link, tables)), None)
    if link is None or link.score < column.links[0].score:
        return False
    rows = Ref(column.piece, "table", (Link("table", link.table, score=link.score, why=link.why),))
    scan.wish(Exists(rows, negated=bool(found["neg"]), via=f"{link.table}.{link.column}"))
    scan.latest = rows
    scan.head = False
    scan.at = found.end()
    return True


def _refers(scan: Scan, link: Link, tables: set[str]) -> bool:
    """Whether a column of another table refers to one of these."""
    entity = scan.model.entity(link.table) if link.table not in tables else None
    return any(
        edge.forward and edge.source_columns == (link.column,) and str(edge.target) in tables
        for edge in (scan.model.relations(entity.name) if entity else ())
    )
