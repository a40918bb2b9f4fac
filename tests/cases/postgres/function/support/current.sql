CREATE FUNCTION f(a text, b text) RETURNS boolean LANGUAGE internal STRICT IMMUTABLE AS 'textlike';
