data "sql" "one" {
  url   = "sqlite://tenants.db"
  query = "SELECT count(*) FROM tenant"
}
env "local" {
  url = "sqlite://app${data.sql.one.value}?mode=memory"
}
