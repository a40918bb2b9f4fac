CREATE TABLE t (rowid text, oid text);
