-- What people say of a connection, by which questions find it.
ALTER TABLE datachat.connections
    ADD COLUMN description text NOT NULL DEFAULT '',
    ADD COLUMN tags text[] NOT NULL DEFAULT '{}';
