-- Modify "users" table
ALTER TABLE "users" ALTER COLUMN "email" SET DEFAULT 'it''s'::text;
