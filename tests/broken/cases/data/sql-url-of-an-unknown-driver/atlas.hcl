data "sql" "one" {
  url   = "sqllite://u:canary-driver@app.db"
  query = "SELECT 'app'"
}
env "local" {
  url = "sqlite://${data.sql.one.value}?mode=memory"
}
