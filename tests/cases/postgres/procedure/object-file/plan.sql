-- Modify "p" procedure
CREATE OR REPLACE PROCEDURE "p" () LANGUAGE c AS 'plpgsql', 'plpgsql_call_handler';
