CREATE DOMAIN age AS integer;
CREATE TABLE t (a age);
