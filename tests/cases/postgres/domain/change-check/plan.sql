-- Modify domain type "age"
ALTER DOMAIN "age" DROP CONSTRAINT "ok";
-- Modify domain type "age"
ALTER DOMAIN "age" SET DEFAULT 7;
-- Modify domain type "age"
ALTER DOMAIN "age" ADD CONSTRAINT "ok" CHECK (VALUE >= 0);
