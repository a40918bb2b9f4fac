-- What the shop sells. Prices are in cents, before tax.
CREATE TABLE products (
  id integer NOT NULL,
  sku varchar(20) NOT NULL,
  title varchar(120) NOT NULL,
  price_cents integer NOT NULL CHECK (price_cents >= 0),
  listed boolean NOT NULL DEFAULT true,
  PRIMARY KEY (id)
);

CREATE UNIQUE INDEX products_sku ON products (sku);
