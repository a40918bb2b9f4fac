variable "audited" {
  type    = list(string)
  default = ["orders", "items"]
}
table "orders" {
  schema = schema.public
  column "id" { type = int }
}
table "items" {
  schema = schema.public
  column "id" { type = int }
}
function "touch" {
  schema = schema.public
  lang   = PLpgSQL
  return = trigger
  as     = "BEGIN RETURN NEW; END;"
}
trigger "touched" {
  for_each = [table.orders, table.items]
  on       = each.value
  before {
    insert = true
    update = true
  }
  foreach = ROW
  execute {
    function = function.touch
  }
}
schema "public" {}
