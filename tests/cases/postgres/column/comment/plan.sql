-- Set comment to column: "email" on table: "users"
COMMENT ON COLUMN "users"."email" IS 'where "it''s" sent';
