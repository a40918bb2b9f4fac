CREATE TABLE t (id integer, owner text);
ALTER TABLE t ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON t TO pg_monitor, pg_read_all_data USING (owner = CURRENT_USER);
