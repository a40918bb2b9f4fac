CREATE TABLE stock (
  product_id integer NOT NULL,
  on_hand integer NOT NULL CHECK (on_hand >= 0),
  reorder_at integer NOT NULL DEFAULT 10,
  PRIMARY KEY (product_id),
  CONSTRAINT stock_product FOREIGN KEY (product_id) REFERENCES products (id)
);

INSERT INTO stock (product_id, on_hand) SELECT id, 25 FROM products;
