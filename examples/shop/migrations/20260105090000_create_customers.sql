-- People who have an account.
CREATE TABLE customers (
  id integer NOT NULL,
  email varchar(120) NOT NULL,
  full_name varchar(120) NOT NULL,
  country char(2) NOT NULL,
  created_at timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP,
  PRIMARY KEY (id)
);

CREATE UNIQUE INDEX customers_email ON customers (email);
