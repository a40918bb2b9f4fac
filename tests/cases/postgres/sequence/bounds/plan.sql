-- Move "s" sequence into its bounds
SELECT setval('"s"', LEAST(GREATEST(last_value, 50), 1000), is_called AND last_value = LEAST(GREATEST(last_value, 50), 1000)) FROM "s";
-- Modify "s" sequence
ALTER SEQUENCE "s" INCREMENT BY 2 MINVALUE 50 MAXVALUE 1000 START WITH 100 CYCLE;
