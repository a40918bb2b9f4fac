CREATE TYPE color AS ENUM ('red', 'blue');
CREATE TABLE t (id integer, c color[] DEFAULT '{red}');
