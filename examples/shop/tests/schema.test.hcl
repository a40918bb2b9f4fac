# What the schema of the shop promises to the programs that use it.

test "schema" "a provider tells us twice about one payment" {
  exec {
    sql = <<-SQL
      INSERT INTO orders (id, customer_id) VALUES (900001, 1);
      INSERT INTO payments (id, order_id, amount_cents, provider, reference) VALUES (1, 900001, 1200, 'bank', 'r-1');
    SQL
  }
  catch {
    sql = "INSERT INTO payments (id, order_id, amount_cents, provider, reference) VALUES (2, 900001, 1200, 'bank', 'r-1')"
  }
  assert {
    sql           = "SELECT count(*) = 1 FROM payments"
    error_message = "the second message left a payment"
  }
}

test "schema" "sales are counted by category" {
  exec {
    sql = <<-SQL
      INSERT INTO orders (id, customer_id) VALUES (900001, 1);
      INSERT INTO order_lines (order_id, line, product_id, quantity, price_cents) VALUES
        (900001, 1, 1, 2, 1200),
        (900001, 2, 4, 1, 980);
    SQL
  }
  exec {
    sql    = "SELECT category, order_lines, revenue_cents FROM sales_by_category ORDER BY category"
    format = table
    output = <<-TABLE
        category  | order_lines | revenue_cents
      ------------+-------------+---------------
       Kitchen    | 1           | 2400
       Stationery | 1           | 980
    TABLE
  }
}
