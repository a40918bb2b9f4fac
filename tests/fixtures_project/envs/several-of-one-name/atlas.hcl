env "local" {
  url = "sqlite://first.db"
}
env "local" {
  url = "sqlite://second.db"
}
