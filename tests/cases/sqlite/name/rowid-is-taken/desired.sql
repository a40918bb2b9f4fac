CREATE TABLE t (rowid varchar(9), oid text, UNIQUE (oid));
