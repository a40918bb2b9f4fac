CREATE TYPE status AS ENUM ('on', 'off', 'new');
CREATE TABLE t (s status DEFAULT 'new');
