CREATE TABLE a (id integer PRIMARY KEY, b integer REFERENCES b (id));
CREATE TABLE b (id integer PRIMARY KEY, a integer REFERENCES a (id));
