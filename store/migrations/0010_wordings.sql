-- What models said of tables when they worded proposals, by the digest of model and prompt.
CREATE TABLE datachat.wordings (
    digest bytea PRIMARY KEY,
    reply text NOT NULL
);
