env "local" {
  dev = docker.postgres.dev.url
}
docker "postgres" "dev" {
  image = "postgres:15"
}
