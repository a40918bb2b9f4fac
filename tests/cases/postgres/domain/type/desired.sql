CREATE DOMAIN age AS bigint;
CREATE TABLE t (a age);
