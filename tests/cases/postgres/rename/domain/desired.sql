CREATE DOMAIN positive AS integer CONSTRAINT ok CHECK (VALUE > 0);
CREATE TABLE t (a positive);
