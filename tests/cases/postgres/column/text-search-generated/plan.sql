-- Modify "docs" table
ALTER TABLE "docs" ALTER COLUMN "body" SET NOT NULL, ADD COLUMN "words" tsvector NULL GENERATED ALWAYS AS (to_tsvector('english'::regconfig, body)) STORED;
-- Create index "docs_words" to table: "docs"
CREATE INDEX "docs_words" ON "docs" USING gin ("words");
