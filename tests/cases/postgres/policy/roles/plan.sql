-- Modify policy "own" on table: "t"
ALTER POLICY "own" ON "t" TO "pg_monitor", "pg_read_all_data";
