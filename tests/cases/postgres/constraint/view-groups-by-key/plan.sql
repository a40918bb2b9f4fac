-- Modify index "t_pkey" of table: "t"
ALTER INDEX "t_pkey" SET (fillfactor = 90);
