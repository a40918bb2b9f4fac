-- Set comment to constraint: "ck" on table: "t"
COMMENT ON CONSTRAINT "ck" ON "t" IS 'positive';
