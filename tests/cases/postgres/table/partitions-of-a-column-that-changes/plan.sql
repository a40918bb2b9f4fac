-- Modify "p" table
ALTER TABLE "p" ALTER COLUMN "n" TYPE bigint, ALTER COLUMN "n" SET NOT NULL, ALTER COLUMN "n" SET DEFAULT 0, ADD CONSTRAINT "n_c" CHECK (n >= 0);
-- Create index "p_u" to table: "p"
CREATE UNIQUE INDEX "p_u" ON "p" ("id", "at");
