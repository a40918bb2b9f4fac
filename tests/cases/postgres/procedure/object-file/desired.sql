CREATE PROCEDURE p() LANGUAGE c AS 'plpgsql', 'plpgsql_call_handler';
