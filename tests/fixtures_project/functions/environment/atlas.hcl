env "local" {
  url     = getenv("DB_URL")
  missing = getenv("NOT_THERE")
}
