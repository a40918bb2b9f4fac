CREATE TYPE color AS ENUM ('red', 'blue');
CREATE DOMAIN size AS integer CHECK (VALUE > 0);
CREATE TYPE thing AS (c color, s size);
CREATE TABLE t (id integer, x thing, many thing[]);
CREATE FUNCTION f(thing) RETURNS color LANGUAGE sql AS 'SELECT ($1).c';
