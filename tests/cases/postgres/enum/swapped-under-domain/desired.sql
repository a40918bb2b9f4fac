CREATE TYPE status AS ENUM ('on', 'off');
CREATE DOMAIN state AS status DEFAULT 'on';
CREATE TABLE t (s state);
CREATE TABLE u (id integer, more text);
