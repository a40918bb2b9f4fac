CREATE TABLE t (id integer, b bit varying(8), m numeric(12,2), i cidr NOT NULL, u uuid);
