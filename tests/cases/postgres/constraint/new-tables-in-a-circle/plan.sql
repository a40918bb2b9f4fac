-- Create "a" table
CREATE TABLE "a" (
  "id" integer NOT NULL,
  "b_id" integer NULL,
  PRIMARY KEY ("id")
);
-- Create "b" table
CREATE TABLE "b" (
  "id" integer NOT NULL,
  "a_id" integer NULL,
  PRIMARY KEY ("id"),
  CONSTRAINT "ba" FOREIGN KEY ("a_id") REFERENCES "a" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION
);
-- Modify "a" table
ALTER TABLE "a" ADD CONSTRAINT "ab" FOREIGN KEY ("b_id") REFERENCES "b" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION;
