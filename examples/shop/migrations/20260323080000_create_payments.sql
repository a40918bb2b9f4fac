CREATE TABLE payments (
  id integer NOT NULL,
  order_id integer NOT NULL,
  amount_cents integer NOT NULL,
  provider varchar(40) NOT NULL,
  reference varchar(80) NOT NULL,
  paid_at timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP,
  PRIMARY KEY (id),
  CONSTRAINT payments_order FOREIGN KEY (order_id) REFERENCES orders (id)
);

-- A provider may tell us twice about the same payment.
CREATE UNIQUE INDEX payments_provider_reference ON payments (provider, reference);
