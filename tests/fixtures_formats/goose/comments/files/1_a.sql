-- A licence;
-- of two lines.

-- +goose Up
-- about a;

CREATE TABLE a (
  id integer, -- the key;
  t text DEFAULT 'x;y'
); -- done
/* a block; of
   lines */
INSERT INTO a VALUES (1, 'it''s');

-- +goose Down
-- nothing
