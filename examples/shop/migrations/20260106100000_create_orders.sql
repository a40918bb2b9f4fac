CREATE TABLE orders (
  id integer NOT NULL,
  customer_id integer NOT NULL,
  placed_at timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP,
  PRIMARY KEY (id),
  CONSTRAINT orders_customer FOREIGN KEY (customer_id) REFERENCES customers (id)
);

CREATE INDEX orders_customer_id ON orders (customer_id);

-- A line keeps the price of the day, so that a later change of the catalogue leaves old invoices alone.
CREATE TABLE order_lines (
  order_id integer NOT NULL,
  line integer NOT NULL,
  product_id integer NOT NULL,
  quantity integer NOT NULL CHECK (quantity > 0),
  price_cents integer NOT NULL,
  PRIMARY KEY (order_id, line),
  CONSTRAINT order_lines_order FOREIGN KEY (order_id) REFERENCES orders (id),
  CONSTRAINT order_lines_product FOREIGN KEY (product_id) REFERENCES products (id)
);
