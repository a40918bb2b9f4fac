data "sql" "tables" {
  for_each = toset(["a", "b"])
  url      = "sqlite://${each.value}.db"
  query    = "select count(*) from sqlite_schema"
}
env "local" {
  a = data.sql.tables["a"].value
  b = data.sql.tables.b.value
}
