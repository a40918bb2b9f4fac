-- Move "s" sequence into its bounds
SELECT setval('"s"', LEAST(GREATEST(last_value, 100), 9223372036854775807), is_called AND last_value = LEAST(GREATEST(last_value, 100), 9223372036854775807)) FROM "s";
-- Modify "s" sequence
ALTER SEQUENCE "s" MINVALUE 100 START WITH 100;
