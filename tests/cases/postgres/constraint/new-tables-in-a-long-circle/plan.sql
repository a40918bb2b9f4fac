-- Create "a" table
CREATE TABLE "a" (
  "id" integer NOT NULL,
  "n" integer NULL,
  PRIMARY KEY ("id")
);
-- Create "c" table
CREATE TABLE "c" (
  "id" integer NOT NULL,
  "n" integer NULL,
  PRIMARY KEY ("id"),
  CONSTRAINT "ca" FOREIGN KEY ("n") REFERENCES "a" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION
);
-- Create "b" table
CREATE TABLE "b" (
  "id" integer NOT NULL,
  "n" integer NULL,
  PRIMARY KEY ("id"),
  CONSTRAINT "bc" FOREIGN KEY ("n") REFERENCES "c" ("id") ON UPDATE NO ACTION ON DELETE CASCADE
);
-- Modify "a" table
ALTER TABLE "a" ADD CONSTRAINT "ab" FOREIGN KEY ("n") REFERENCES "b" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION NOT VALID;
-- Set comment to constraint: "bc" on table: "b"
COMMENT ON CONSTRAINT "bc" ON "b" IS 'closes the circle';
-- Modify "z" table
ALTER TABLE "z" DROP COLUMN "a";
