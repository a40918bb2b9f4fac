-- Modify domain type "d"
ALTER DOMAIN "d" DROP CONSTRAINT "small";
-- Modify domain type "d"
ALTER DOMAIN "d" ADD CONSTRAINT "positive" CHECK (VALUE > 0);
-- Modify domain type "d"
ALTER DOMAIN "d" ADD CONSTRAINT "small" CHECK (VALUE < 1000);
