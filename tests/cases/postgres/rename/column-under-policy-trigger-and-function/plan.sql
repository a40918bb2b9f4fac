-- Rename a column from "owner" to "holder"
ALTER TABLE "t" RENAME COLUMN "owner" TO "holder";
-- Modify "g" function
CREATE OR REPLACE FUNCTION "g" () RETURNS text LANGUAGE sql BEGIN ATOMIC
 SELECT t.holder
    FROM t;
END;
