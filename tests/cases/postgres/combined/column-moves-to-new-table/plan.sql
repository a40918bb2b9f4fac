-- Create "addresses" table
CREATE TABLE "addresses" (
  "user_id" integer NOT NULL,
  "street" text NULL,
  "city" text NULL,
  PRIMARY KEY ("user_id"),
  CONSTRAINT "of_user" FOREIGN KEY ("user_id") REFERENCES "users" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION
);
-- Modify "addresses_view" view
CREATE OR REPLACE VIEW "addresses_view" ("id", "street") AS SELECT addresses.user_id AS id,
    addresses.street
   FROM addresses;
-- Modify "users" table
ALTER TABLE "users" DROP COLUMN "street", DROP COLUMN "city";
