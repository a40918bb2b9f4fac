BEGIN;
CREATE TABLE u (id integer);
COMMIT;
