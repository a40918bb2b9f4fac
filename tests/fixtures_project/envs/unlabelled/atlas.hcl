env {
  name = atlas.env
  url  = "postgres://app@db/${atlas.env}?sslmode=disable"
}
