locals {
  name     = "app?mode=memory"
  password = "canary-plus"
}
env "local" {
  url = "sqlite://" + local.name
}
