CREATE TYPE e AS ENUM ('a', 'b', 'gone');
CREATE TABLE p (id integer, e e) PARTITION BY LIST (e);
CREATE TABLE p1 PARTITION OF p FOR VALUES IN ('a', 'b');
