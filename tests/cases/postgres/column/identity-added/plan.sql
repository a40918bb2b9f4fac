-- Modify "t" table
ALTER TABLE "t" ALTER COLUMN "id" ADD GENERATED ALWAYS AS IDENTITY (START WITH 10 INCREMENT BY 5);
-- Continue behind the values of column "id"
SELECT setval(pg_get_serial_sequence('"t"', 'id'), GREATEST(max("id") + 1, 10), false) FROM "t";
