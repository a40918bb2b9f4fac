CREATE TYPE status AS ENUM ('new', 'on', 'half', 'off', 'gone');
CREATE TABLE t (s status);
