CREATE TYPE state AS ENUM ('open', 'paid');
CREATE DOMAIN money_amount AS numeric(10,2) CHECK (VALUE >= 0);
CREATE TABLE customers (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, email text NOT NULL UNIQUE);
CREATE TABLE orders (id bigserial PRIMARY KEY, customer_id bigint NOT NULL REFERENCES customers (id) ON DELETE CASCADE, state state NOT NULL DEFAULT 'open', total money_amount NOT NULL DEFAULT 0, created timestamptz NOT NULL DEFAULT now());
CREATE INDEX orders_open ON orders (customer_id) WHERE state = 'open';
CREATE VIEW open_orders AS SELECT id, total FROM orders WHERE state = 'open';
CREATE FUNCTION total_of(c bigint) RETURNS numeric LANGUAGE sql STABLE AS 'SELECT sum(total) FROM orders WHERE customer_id = c';
COMMENT ON TABLE orders IS 'what was ordered';
