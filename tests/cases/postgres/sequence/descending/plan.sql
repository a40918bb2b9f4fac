-- Move "s" sequence into its bounds
SELECT setval('"s"', LEAST(GREATEST(last_value, 1), 100), is_called AND last_value = LEAST(GREATEST(last_value, 1), 100)) FROM "s";
-- Modify "s" sequence
ALTER SEQUENCE "s" INCREMENT BY -1 MINVALUE -100 MAXVALUE 100 START WITH 50;
