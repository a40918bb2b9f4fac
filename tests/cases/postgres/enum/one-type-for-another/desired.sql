CREATE TYPE new_status AS ENUM ('on', 'off', 'half');
CREATE TABLE t (id integer, s new_status DEFAULT 'on');
