# What happens to rows that are there when a file is applied.

test "migrate" "an order that waits is open" {
  migrate {
    to = "20260216093000"
  }
  exec {
    sql = "INSERT INTO orders (id, customer_id) VALUES (900001, 7)"
  }
  migrate {
    to = "20260302110000"
  }
  exec {
    sql    = "SELECT status FROM orders WHERE id = 900001"
    output = "open"
  }
}

test "migrate" "only customers of the old shop are welcomed" {
  migrate {
    to = "20260323081500"
  }
  exec {
    sql = "INSERT INTO customers (id, email, full_name, country) VALUES (1001, 'new@shop.example', 'Noor', 'NL')"
  }
  migrate {
    to = "20260413120000"
  }
  exec {
    sql    = "SELECT id, loyalty_points FROM customers WHERE id >= 1000 ORDER BY id"
    output = "1000, 100\n1001, 0"
  }
}
