-- Add value to enum type: "status"
ALTER TYPE "status" ADD VALUE 'new';
-- Create index "i" to table: "t"
CREATE INDEX "i" ON "t" ("id") WHERE (s = 'new'::status);
