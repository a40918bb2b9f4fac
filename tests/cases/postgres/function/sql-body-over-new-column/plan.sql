-- Modify "t" table
ALTER TABLE "t" ADD COLUMN "n" integer NULL;
-- Modify "f" function
CREATE OR REPLACE FUNCTION "f" () RETURNS SETOF integer LANGUAGE sql BEGIN ATOMIC
 SELECT t.n
    FROM t;
END;
