enum "status" {
  schema = schema.public
  values = ["new", "in progress", "it's done"]
}
table "orders" {
  schema = schema.public
  column "id" { type = int }
  column "status" {
    type    = enum.status
    default = "new"
  }
  column "history" {
    type = sql("status[]")
    null = true
  }
  primary_key { columns = [column.id] }
  index "open" {
    columns = [column.id]
    where   = "status <> 'it''s done'"
  }
}
schema "public" {}
