-- Drop "legacy" table
DROP TABLE "legacy";
-- Create enum type "state"
CREATE TYPE "state" AS ENUM ('open', 'paid');
-- Create domain type "money_amount"
CREATE DOMAIN "money_amount" AS numeric(10,2) CONSTRAINT "money_amount_check" CHECK (VALUE >= (0)::numeric);
-- Create "customers" table
CREATE TABLE "customers" (
  "id" bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
  "email" text NOT NULL,
  PRIMARY KEY ("id"),
  CONSTRAINT "customers_email_key" UNIQUE ("email")
);
-- Create "orders" table
CREATE TABLE "orders" (
  "id" bigserial NOT NULL,
  "customer_id" bigint NOT NULL,
  "state" "state" NOT NULL DEFAULT 'open'::state,
  "total" "money_amount" NOT NULL DEFAULT 0,
  "created" timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY ("id"),
  CONSTRAINT "orders_customer_id_fkey" FOREIGN KEY ("customer_id") REFERENCES "customers" ("id") ON UPDATE NO ACTION ON DELETE CASCADE
);
-- Create "total_of" function
CREATE FUNCTION "total_of" ("c" bigint) RETURNS numeric LANGUAGE sql STABLE AS $$SELECT sum(total) FROM orders WHERE customer_id = c$$;
-- Create index "orders_open" to table: "orders"
CREATE INDEX "orders_open" ON "orders" ("customer_id") WHERE (state = 'open'::state);
-- Set comment to table: "orders"
COMMENT ON TABLE "orders" IS 'what was ordered';
-- Create "open_orders" view
CREATE VIEW "open_orders" ("id", "total") AS SELECT orders.id,
    orders.total
   FROM orders
  WHERE (orders.state = 'open'::state);
