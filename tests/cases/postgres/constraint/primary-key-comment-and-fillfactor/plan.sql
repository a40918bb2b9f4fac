-- Modify index "t_pkey" of table: "t"
ALTER INDEX "t_pkey" SET (fillfactor = 70);
-- Set comment to primary key: "t_pkey" on table: "t"
COMMENT ON CONSTRAINT "t_pkey" ON "t" IS 'the key';
