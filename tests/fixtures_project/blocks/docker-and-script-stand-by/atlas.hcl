docker "postgres" "dev" {
  image = "postgres:15"
}
script "query" "users" {
}
env "local" {
  url = "sqlite://app.db"
}
