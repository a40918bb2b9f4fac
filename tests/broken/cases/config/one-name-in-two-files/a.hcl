locals {
  password = "canary-one"
}
env "local" {
  url = "sqlite://app?mode=memory"
}
