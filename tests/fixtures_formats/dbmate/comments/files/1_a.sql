-- A licence; of one line.

-- migrate:up
-- about a;
CREATE TABLE a (id integer, t text DEFAULT 'x;y'); -- done
/* a block;
   comment */
INSERT INTO a VALUES (1, 'it''s');

-- migrate:down
-- nothing
