-- open, paid, sent, returned
ALTER TABLE orders ADD COLUMN status varchar(16) NOT NULL DEFAULT 'open';

CREATE INDEX orders_status_placed_at ON orders (status, placed_at);
