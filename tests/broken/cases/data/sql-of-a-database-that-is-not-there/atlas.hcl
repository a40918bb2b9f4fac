data "sql" "one" {
  url   = "sqlite://tenants.db"
  query = "SELECT 'app?mode=memory'"
}
env "local" {
  url = "sqlite://${data.sql.one.value}"
}
