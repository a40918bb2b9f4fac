CREATE TYPE e AS ENUM ('a', 'b', 'c');
CREATE TABLE t (e e, CONSTRAINT ck CHECK (e <> 'c'));
