data "runtimevar" "name" {
  url = "constant://?val=tenants&decoder=string"
}
data "sql" "names" {
  url   = "sqlite://${data.runtimevar.name}.db"
  query = "select name from ${local.table}"
}
locals {
  table = data.runtimevar.name
}
env "local" {
  names = data.sql.names.values
}
