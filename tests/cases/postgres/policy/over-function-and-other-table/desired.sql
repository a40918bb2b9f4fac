CREATE TABLE t (id integer, owner text, team integer);
CREATE TABLE members (name text, team integer);
CREATE FUNCTION is_admin() RETURNS boolean LANGUAGE sql STABLE AS 'SELECT false';
ALTER TABLE t ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON t USING (is_admin() OR team IN (SELECT m.team FROM members m WHERE m.name = CURRENT_USER));
