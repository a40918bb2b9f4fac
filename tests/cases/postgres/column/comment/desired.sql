CREATE TABLE users (id integer, email text);
COMMENT ON COLUMN users.email IS 'where "it''s" sent';
