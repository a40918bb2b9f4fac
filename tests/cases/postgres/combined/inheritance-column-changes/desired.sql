CREATE TABLE parent (id integer NOT NULL, n bigint DEFAULT 5, more text);
CREATE TABLE child (extra text) INHERITS (parent);
