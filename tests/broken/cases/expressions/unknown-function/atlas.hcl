env "local" {
  url = get_env("DATABASE_URL")
}
