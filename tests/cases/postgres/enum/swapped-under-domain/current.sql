CREATE TYPE status AS ENUM ('on', 'off', 'gone');
CREATE DOMAIN state AS status DEFAULT 'on';
CREATE TABLE t (s state);
CREATE TABLE u (id integer);
