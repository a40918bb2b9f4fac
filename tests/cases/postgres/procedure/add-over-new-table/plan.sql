-- Create "u" table
CREATE TABLE "u" (
  "id" integer NULL
);
-- Create "p" procedure
CREATE PROCEDURE "p" ("x" "u") LANGUAGE sql BEGIN ATOMIC
 INSERT INTO u (id)  SELECT t.id
            FROM t;
END;
