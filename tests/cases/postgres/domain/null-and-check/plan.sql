-- Modify domain type "d"
ALTER DOMAIN "d" DROP CONSTRAINT "small";
-- Modify domain type "d"
ALTER DOMAIN "d" DROP NOT NULL;
-- Modify domain type "d"
ALTER DOMAIN "d" ADD CONSTRAINT "large" CHECK (VALUE < 1000);
