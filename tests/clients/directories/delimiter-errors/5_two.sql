-- atlas:delimiter // atlas:nolint
SELECT 1;
SELECT 2;