env "local" {
  url = getenv("DATABASE_URL")
}
