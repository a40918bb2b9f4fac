CREATE PROCEDURE p() LANGUAGE sql SET statement_timeout = '5s' AS 'SELECT 1';
