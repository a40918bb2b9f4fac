CREATE TYPE old_status AS ENUM ('on', 'off');
CREATE TABLE t (id integer, s old_status DEFAULT 'on');
