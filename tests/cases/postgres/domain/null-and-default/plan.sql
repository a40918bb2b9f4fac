-- Modify domain type "d"
ALTER DOMAIN "d" SET DEFAULT 1;
-- Modify domain type "d"
ALTER DOMAIN "d" SET NOT NULL;
