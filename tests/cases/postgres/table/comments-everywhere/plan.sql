-- Set comment to table: "t"
COMMENT ON TABLE "t" IS E'a
b''c\\d';
-- Set comment to column: "id" on table: "t"
COMMENT ON COLUMN "t"."id" IS 'new';
-- Set comment to column: "n" on table: "t"
COMMENT ON COLUMN "t"."n" IS NULL;
-- Set comment to primary key: "t_pkey" on table: "t"
COMMENT ON CONSTRAINT "t_pkey" ON "t" IS 'p';
-- Set comment to index: "t_i" on table: "t"
COMMENT ON INDEX "t_i" IS 'i';
-- Set comment to constraint: "t_n_check" on table: "t"
COMMENT ON CONSTRAINT "t_n_check" ON "t" IS 'c';
