variable "tenants" {
  type    = list(string)
  default = []
}
env "tenants" {
  for_each = toset(var.tenants)
  url      = "sqlite://${each.value}.db"
  src      = "file://schema.sql"
}
