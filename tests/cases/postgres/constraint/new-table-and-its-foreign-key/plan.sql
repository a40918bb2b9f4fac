-- Create "p" table
CREATE TABLE "p" (
  "id" integer NOT NULL,
  PRIMARY KEY ("id")
);
-- Modify "c" table
ALTER TABLE "c" ADD CONSTRAINT "c_p" FOREIGN KEY ("p_id") REFERENCES "p" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION;
