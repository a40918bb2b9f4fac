CREATE TYPE status AS ENUM ('on', 'off', 'gone');
CREATE TABLE t (s status, up boolean GENERATED ALWAYS AS (s = 'on') STORED, CONSTRAINT ck CHECK (s <> 'off'));
