env "local" {
  url = "sqlite://app.db"
}
