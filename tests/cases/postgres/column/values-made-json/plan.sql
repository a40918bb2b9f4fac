-- Modify "t" table
ALTER TABLE "t" ALTER COLUMN "done" TYPE jsonb USING to_jsonb("done"), ALTER COLUMN "amount" TYPE json USING to_json("amount"), ALTER COLUMN "tags" TYPE jsonb USING to_jsonb("tags"), ALTER COLUMN "tags" SET DEFAULT '[]'::jsonb;
