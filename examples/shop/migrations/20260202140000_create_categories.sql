CREATE TABLE categories (
  id integer NOT NULL,
  title varchar(60) NOT NULL,
  PRIMARY KEY (id)
);

ALTER TABLE products ADD COLUMN category_id integer REFERENCES categories (id);

CREATE INDEX products_category_id ON products (category_id);
