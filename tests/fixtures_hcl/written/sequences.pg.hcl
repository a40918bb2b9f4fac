sequence "order_numbers" {
  schema    = schema.public
  type      = integer
  start     = 1000
  increment = 5
  min_value = 1000
  max_value = 100000
  cache     = 10
  cycle     = true
}
sequence "owned" {
  schema = schema.public
  owner  = table.orders.column.id
}
table "orders" {
  schema = schema.public
  column "id" { type = bigint }
  column "number" {
    type    = integer
    default = sql("nextval('order_numbers')")
  }
}
schema "public" {}
