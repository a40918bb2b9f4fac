CREATE FUNCTION h() RETURNS language_handler LANGUAGE c AS 'plpgsql', 'plpgsql_call_handler';
