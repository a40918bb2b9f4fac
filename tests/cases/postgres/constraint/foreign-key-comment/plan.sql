-- Set comment to constraint: "c_p" on table: "c"
COMMENT ON CONSTRAINT "c_p" ON "c" IS 'parent';
