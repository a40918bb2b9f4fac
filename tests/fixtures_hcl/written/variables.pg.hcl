variable "schema_name" {
  type    = string
  default = "public"
}
variable "prefix" {
  type    = string
  default = "app"
}
locals {
  length  = 64
  comment = "${var.prefix} table"
  names   = toset(["orders", "returns"])
}
schema "main" {
  name = var.schema_name
}
table "users" {
  schema  = schema.main
  comment = local.comment
  column "name" {
    type    = varchar(local.length)
    default = "${var.prefix}-user"
  }
}
table "copies" {
  for_each = local.names
  name     = "${var.prefix}_${each.value}"
  schema   = schema.main
  column "id" { type = int }
  primary_key { columns = [column.id] }
}
