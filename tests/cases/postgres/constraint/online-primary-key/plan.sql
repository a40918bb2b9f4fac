-- Create index "t_pkey" to table: "t"
CREATE UNIQUE INDEX CONCURRENTLY "t_pkey" ON "t" ("id");
-- Modify "t" table
ALTER TABLE "t" ADD CONSTRAINT "t_pkey" PRIMARY KEY USING INDEX "t_pkey";
-- Create index "uq" to table: "t"
CREATE UNIQUE INDEX CONCURRENTLY "uq" ON "t" ("a");
-- Modify "t" table
ALTER TABLE "t" ADD CONSTRAINT "uq" UNIQUE USING INDEX "uq";
