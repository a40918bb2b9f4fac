CREATE TABLE t (id integer, owner text);
CREATE TABLE members (name text, team integer);
ALTER TABLE t ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON t USING (owner = CURRENT_USER);
