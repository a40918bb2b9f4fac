CREATE TABLE accounts (id integer PRIMARY KEY, name text NOT NULL);
CREATE VIEW names AS SELECT name FROM accounts;
CREATE TABLE other (a int);
