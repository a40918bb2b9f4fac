CREATE FUNCTION f() RETURNS TABLE (a integer, "B b" text) LANGUAGE sql AS 'SELECT 1, ''x''';
