ALTER TABLE customers ADD COLUMN loyalty_points integer NOT NULL DEFAULT 0;

-- A welcome for everybody who came over from the old shop.
UPDATE customers SET loyalty_points = 100 WHERE id <= 1000;
