schema "public" {}
schema "auth" {
  comment = "who may"
}
schema "shop" {}
table "auth" "users" {
  schema = schema.auth
  column "id" { type = int }
  primary_key { columns = [column.id] }
}
table "shop" "users" {
  schema = schema.shop
  column "id" { type = int }
  column "auth_id" { type = int }
  column "kind" { type = enum.shop.kind }
  primary_key { columns = [column.id] }
  foreign_key "auth" {
    columns     = [column.auth_id]
    ref_columns = [table.auth.users.column.id]
  }
}
enum "auth" "kind" {
  schema = schema.auth
  values = ["a"]
}
enum "shop" "kind" {
  schema = schema.shop
  values = ["b"]
}
