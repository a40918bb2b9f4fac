CREATE TABLE docs (id integer, body text);
