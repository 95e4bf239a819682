-- How things hang together. A link that two origins tell is there twice, and goes with the second of them.
CREATE TABLE datachat.links (
    origin text COLLATE "C" NOT NULL,
    kind text COLLATE "C" NOT NULL,
    source text COLLATE "C" NOT NULL,
    target text COLLATE "C" NOT NULL,
    properties json NOT NULL,
    PRIMARY KEY (origin, source, kind, target)
);
CREATE INDEX links_onward ON datachat.links (source, kind);
CREATE INDEX links_back ON datachat.links (target, kind);
