env {
  name = atlas.env
  url  = "sqlite://any.db"
}
env "local" {
  url = "sqlite://labelled.db"
}
