CREATE TYPE color AS ENUM ('red', 'blue', 'green');
CREATE TABLE t (id integer, c color[] DEFAULT '{green}', CONSTRAINT ck CHECK (array_length(c, 1) < 5));
