-- Modify "f" function
CREATE OR REPLACE FUNCTION "f" () RETURNS SETOF integer LANGUAGE sql BEGIN ATOMIC
 SELECT t.id
    FROM t;
END;
-- Modify "t" table
ALTER TABLE "t" DROP COLUMN "n";
