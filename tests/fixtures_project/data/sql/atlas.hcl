variable "least" {
  type    = int
  default = 1
}
data "sql" "tenants" {
  url   = "sqlite://tenants.db"
  query = <<-SQL
    select name from tenants where id >= ? order by name
  SQL
  args  = [var.least]
}
env "local" {
  for_each = toset(data.sql.tenants.values)
  url      = "sqlite://${each.value}.db"
  first    = data.sql.tenants.value
  count    = data.sql.tenants.count
}
