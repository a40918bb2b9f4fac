CREATE TABLE addresses (
  id integer NOT NULL,
  customer_id integer NOT NULL,
  street varchar(160) NOT NULL,
  postcode varchar(16) NOT NULL,
  city varchar(80) NOT NULL,
  PRIMARY KEY (id),
  CONSTRAINT addresses_customer FOREIGN KEY (customer_id) REFERENCES customers (id)
);

CREATE INDEX addresses_customer_id ON addresses (customer_id);
