variable "tenant" {
  type    = string
  default = "public"
}
schema "tenant" {
  name = var.tenant
}
table "tenant" "a" {
  schema = schema.tenant
  column "id" { type = int }
  primary_key { columns = [column.id] }
}
table "b" {
  schema = schema.tenant
  column "id" { type = enum.tenant.e }
  column "a" { type = int }
  foreign_key "f" {
    columns     = [column.a]
    ref_columns = [table.tenant.a.column.id]
  }
}
enum "tenant" "e" {
  schema = schema.tenant
  values = ["a"]
}
