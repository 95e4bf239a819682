"""The words that questions are made of, sorted into marks. This file is data: another language is another such file."""

from collections.abc import Mapping
from functools import cache

PHRASES: Mapping[str, str] = {
    # What a database consists of.
    "table": "table, tables, database tables, other tables, other table, another table, relation, relations",
    "view": "view, views, database views, materialized view, materialized views, materialised views",
    "schema": "schema, schemas, database schemas, schemata, namespace, namespaces",
    "database": "database, db, this database, the database, my database, our database, this db, the db, my db, data base, warehouse, data warehouse, dataset, datachat",
    "databases": "databases, dbs, data bases, which database can, other database, another database",
    "column": "column, columns, database columns, col, cols, field, fields, attribute, attributes, column name, column names, "
    "field names, columns name, headers, header",
    "row": "row, rows, record, records, entry, entries, tuple, tuples, data, lines of data, rows of data, content, "
    "contents, row of data",
    "type": "type, types, data type, data types, datatype, datatypes, dtype, dtypes, column type, column types, "
    "field type, field types",
    "primary key": "primary key, primary keys, primary, pk, pks, pkey, key columns, primary id, key, keys",
    "foreign key": "constraints, foreign key, foreign keys, foreign, fk, fks, fkey, fkeys",
    "unique key": "unique key, unique keys, unique constraint, unique constraints, unique columns, unique column, "
    "alternate keys, candidate keys",
    "relationship": "relationship, relationships, related, relate, relates, relation between, relations between, "
    "connected, connect, connects, connection, connections, linked, link, links, join, joins, joined, join path, "
    "join condition, references, referenced, reference, refer, refers, referencing, point, points, pointing, "
    "associated, association, depend, depends, er diagram, entity relationship, tied, how do i get from, go together, "
    "fit together",
    "null": "nullable, null, nulls, nullability, optional, be null, be empty, be missing, left empty, left blank, be blank, "
    "null values, accept null, accept nulls, accept null values, allow null, allow nulls, allow null values, allows null, "
    "allows nulls, accepts nulls",
    "not null": "cannot be null, can not be null, can't be null, may not be null, never null, not be null, required, not null, not nullable, non null, non nullable, mandatory, not optional",
    "default": "default, defaults, default value, default values, defaulted, defaulting",
    "meaning": "mean, means, meaning, stand for, stands for, purpose, represent, represents, explain, "
    "comment, comments, description, descriptions, documentation, documented, described, meant, used for, good for, "
    "commented",
    "size": "size, sizes, big, large, bigger, larger, largest, biggest, smallest, disk space, disk usage, disk, "
    "storage, megabytes, mb, gb, gigabytes, bytes, space, heaviest, most rows, most records, most data, fewest rows, "
    "fewest records, least rows, most space, most disk space, most storage, how much space, highest row count, highest number of rows, lowest row count, most entries, huge, "
    "table size, table sizes, longest, row estimate, row estimates, estimated rows",
    "smallest": "smallest, fewest rows, fewest records, least rows, lowest row count",
    "empty": "empty, no rows, no data, no records, zero rows, 0 rows, without rows, without data, without records, "
    "zero records, no entries, without any rows, without any data, without entries, not have any rows, "
    "not have any data, not contain any rows, not contain any data, don't have any rows, don't have any data, "
    "don't contain any data, unpopulated, no content, nothing in",
    "engine": "engine, version, dialect, dbms, rdbms, database engine, database version, db version, database system, "
    "database type, kind of database, type of database, sort of database, kind of db, type of db, database server, "
    "which database, what database, which db, what db, server version, sql dialect, database product, db engine, "
    "db type, postgres, postgresql, mysql, mariadb, sqlite, duckdb, clickhouse, server, flavor of sql, flavour of sql, "
    "kind of sql, sql flavor, database software, database technology, database management system, sql engine, "
    "which sql, what sql, name of the database, name of this database, database name, database called",
    "hidden": "hidden, not see, not allowed, not allowed to see, not allowed to read, not allowed to access,"
    " cannot see, can't see, may not see, not visible, invisible, no access, "
    "not have access, cannot access, can't access, not access, not read, may not read, cannot read, can't read, "
    "no permission, no permissions, not permitted, forbidden, inaccessible, unreadable, don't have access, "
    "not have permission, no rights, restricted, not accessible, not readable, lack access, unable to see, "
    "can't i see, can't i read, can't i access, cannot i see, cannot i read, don't i have access, denied, "
    "kept from me, unable to read",
    "info": "details, detail, info, information, overview, summary, summarize, summarise, definition, definition of, "
    "metadata",
    "describe": "describe, desc, description of table, description of the table, structure, layout, ddl, schema of, "
    "schema for, schema of the, tell me about, tell me more about, look like, looks like, structured, organized, organised, make up, makes up, "
    "composed, shape of, set up, create statement, create table statement, "
    "design of, made of, consist of, consists of, anatomy of, explain the table, explain table, what is in, "
    "what's in, what are in, whats in, know about",
    # What is asked of them.
    "how many": "how many, number of, count of, count, counts, total number of, total count of, no of, no. of, "
    "howmany, how manny, nr of, num of, # of, how meny",
    "row count": "row count, row counts, rowcount, rowcounts, record count, record counts, count rows, count records, "
    "count the rows, count the records, total rows, total records, number of rows, number of records, cardinality",
    "sample": "sample, samples, sample rows, sample data, sample records, preview, previews, example, examples, "
    "example rows, example data, peek, glimpse, excerpt, snippet, head, look at, peek at, preview of, sampling",
    "first": "first, few, couple, some, top, limit, random, everything",
    "distinct": "distinct, unique, different, possible, distinct values, unique values, different values, "
    "possible values, allowed values, values, value, options, existing values, distinct value, valid values, "
    "value list, value set, allowed",
    "between": "between",
    "like": "like, similar, similar to, named like, called, named, matching, such as, resembling, resemble, whose name, "
    "word, by name, starting, ending, start, end",
    "topic": "about, regarding, concerning, dealing with, deal with, to do with, relevant to, relevant for, cover, covers, describing, mention, mentions",
    "where": "where, in which, in what",
    "have": "have, has, having, contain, contains, containing, include, includes, including, store, stores, hold, "
    "holds, with, stored, kept, held, find, appear, appears, occur, occurs, carry, saved, "
    "that have, that has, that contain, that contains, that include, that store, that hold, that use, which have, "
    "which contain, containing a, got, has got, have got, own, use, uses, using, used, keep, keeps, exist in, exists in",
    "all": "all, every, each, entire, whole, full, complete, any of, both, individual, various, possible all, objects, object, anything, things",
    "per": "per, by, for each, for every, in each, of each, in every, of every, each of, grouped by",
    "its": "its, it, that, this, that table, this table, the same table, same, those, these, them, their, they, "
    "this one, that one, it's, same table, said table",
    # What carries no meaning of its own in a question about a catalog.
    "ask": "how much, ask, query, read, show, list, display, give, tell, get, print, see, name, names, return, select, enumerate, know, what, which, "
    "who, let, output, provide, present, retrieve, dump, pull, fetch, check, identify, say, report, how, bring, "
    "lookup, look, inspect, browse, want, need, wanna, like to see, like to know, would like, listing, what's, whats, "
    "figure, learn, find out, work out, understand, help, view the, view all",
    "be": "is, are, be, do, does, can, could, would, will, should, may, exist, exists, am, being, must, are there, "
    "is there, there are, there is, there exist, there be, in this table, in the table, on this table, on the table, "
    "in that table, on that table",
    "polite": "please, any, defined, pls, plz, me, show us, give us, tell us, let us, for us, i, we, you, my, our, your, hi, hello, hey, ok, okay, so, thanks, thank, kindly, "
    "just, currently, current, exactly, actually, exact, precise, also, too, quickly, well, simply, again, i'd, i'm, "
    "let's, lets, hmm, um, the following, there's, in total, altogether, overall, total, at all, here, available, "
    "accessible, quick, have a look, take a look, right now, yes, no wait, i'd like, precisely, real, really, dear, "
    "out, now, any chance, possible to, for me, complete list of, list of, full list of, kinds of, kind of, sort of, "
    "sorts of, that are, which are, that exist, going on, connected right now",
    "glue": "the, a, an, of, in, for, on, from, to, at, within, inside, into, and, or, as, each other, one another, "
    "belonging, belong, belongs, vs, versus, through, via, together, up, between the, long",
    # What makes a question one about the rows, and not about the catalog.
    "data word": "average, avg, mean of, sum, most, highest, lowest, more than, less than, greater, fewer, at least, "
    "at most, whose, year, month, week, day, quarter, today, yesterday, tomorrow, last, previous, past, since, before, "
    "after, recent, latest, newest, oldest, trend, compare, comparison, rate, share, percentage, percent, ratio, "
    "growth, maximum, minimum, max, min, median, ordered, sorted, january, february, march, april, june, july, august, "
    "september, october, november, december, monday, tuesday, wednesday, thursday, friday, saturday, sunday, daily, "
    "weekly, monthly, yearly, hourly, ago, when, why, who has, who have, who are, top customers, not, never, without, "
    "except, but, other, than, over, above, below, if, was, were, did, had, increase, decrease, change, changed, "
    "popular, common, group, no, none, only",
}
"""Mark to its words and phrases, comma separated; the longest phrase that fits wins."""

NUMBERS = "one two three four five six seven eight nine ten".split()
"""Numbers as words, from one."""

LINKS = frozenset(
    {"of", "in", "from", "for", "on", "inside", "within", "about", "between", "and", "to", "with", "does"}
)
LINKS_BACK = frozenset({"table", "view", "column", "row", "row count", "type", "primary key", "foreign key", "have"})
LINKS_ON = LINKS_BACK | {"describe", "sample", "topic", "like", "schema", "relationship", "meaning", "size"}
"""A name follows a word of LINKS or a mark of LINKS_ON, or stands before a mark of LINKS_BACK."""

NEUTRAL = frozenset({"ask", "be", "polite", "glue"})
"""Marks that every form of question tolerates."""

CORRECTABLE = (
    "table tables column columns schema schemas schemata database databases record records datatype datatypes "
    "primary foreign relationship relationships relation relations nullable default defaults describe structure distinct "
    "unique values sample preview rowcount empty engine version largest biggest smallest comment comments description "
    "related constraints namespace"
)
"""Words that are recognised in spite of a typing error."""

SOFT_MARKS = frozenset(
    {"how many", "first", "between", "like", "topic", "where", "have", "all", "per", "its", "info", "size", "smallest"}
) | NEUTRAL | {"data word"}  # fmt: skip
SOFT_WORDS = frozenset(
    (
        "field, fields, attribute, attributes, header, headers, record, records, entry, entries, data, content, contents, "
        "type, types, key, keys, primary, foreign, reference, references, referenced, refer, refers, related, relate, "
        "relates, associated, association, linked, link, links, connected, connection, connections, joined, points, point, "
        "pointing, tied, depend, depends, optional, mandatory, required, default, defaults, description, descriptions, "
        "comment, comments, described, documentation, purpose, represent, represents, explain, meant, used for, good for, "
        "distinct, unique, different, possible, value, values, options, allowed, empty, sample, samples, example, examples, "
        "head, defined, composed, structured, organized, organised, set up, made of, consist of, consists of, layout, "
        "structure, relation, relations, be missing, server, restricted, denied, forbidden, hidden, dataset, version, "
        "view, views, go together, fit together, look at, relationship, relationships, not see, not read, not access"
    ).split(", ")
)
"""Marks and words that also occur in questions about the rows, so that they alone do not make a question one about a catalog."""


@cache
def marks() -> Mapping[tuple[str, ...], str]:
    """Every phrase, as its words, and the mark it bears; where two marks claim a phrase, the first wins."""
    found: dict[tuple[str, ...], str] = {}
    for mark, phrases in PHRASES.items():
        for phrase in phrases.split(","):
            found.setdefault(tuple(phrase.split()), mark)
    return found


@cache
def longest_phrase() -> int:
    """How many words the longest phrase has."""
    return max(map(len, marks()))


@cache
def correctable_words() -> Mapping[str, str]:
    """The correctable words and their marks."""
    return {word: marks()[word,] for word in CORRECTABLE.split()}
