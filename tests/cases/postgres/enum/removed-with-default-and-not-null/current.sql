CREATE TYPE e AS ENUM ('a', 'b', 'gone');
CREATE TABLE t (e e DEFAULT 'gone');
CREATE TABLE u (e e NOT NULL DEFAULT 'a');
