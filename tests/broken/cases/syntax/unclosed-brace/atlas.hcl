locals {
  password = "canary-brace"
}
env "local" {
  url = "sqlite://app?mode=memory"
