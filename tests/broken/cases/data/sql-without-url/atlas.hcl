data "sql" "one" {
  query = "SELECT 'app?mode=memory'"
}
env "local" {
  url = "sqlite://${data.sql.one.value}"
}
