-- open, paid, sent, returned
ALTER TABLE orders ADD COLUMN status varchar(16) NOT NULL DEFAULT 'open';

CREATE INDEX orders_status_placed_at ON orders (status, placed_at);

-- The order history of the old shop: 250 orders of each of the 1,000 customers who came over.
INSERT INTO orders (id, customer_id, placed_at, status)
SELECT
  (customer.id - 1) * 250 + history.id,
  customer.id,
  '2025-06-01 12:00:00',
  CASE WHEN history.id % 9 = 0 THEN 'returned' ELSE 'sent' END
FROM customers AS customer
CROSS JOIN customers AS history
WHERE customer.id <= 1000 AND history.id <= 250;
