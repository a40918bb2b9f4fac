CREATE TYPE status AS ENUM ('on', 'off', 'new');
CREATE TABLE t (s status DEFAULT 'new', up boolean GENERATED ALWAYS AS (s = 'on') STORED, CONSTRAINT ck CHECK (s <> 'off'));
