CREATE TABLE places (id integer PRIMARY KEY, up integer REFERENCES places (id), label text);
