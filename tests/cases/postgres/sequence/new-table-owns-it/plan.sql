-- Create "s" sequence
CREATE SEQUENCE "s" INCREMENT BY 3;
-- Create "t" table
CREATE TABLE "t" (
  "id" integer NULL DEFAULT nextval('s'::regclass)
);
-- Modify "s" sequence
ALTER SEQUENCE "s" OWNED BY "t"."id";
