data "sql" "none" {
  url   = "sqlite://missing.db"
  query = "select 1"
}
env "prod" {
  url = data.sql.none.value
}
env "local" {
  url = "sqlite://app.db"
}
