password = "canary-outside"
env "local" {
  url = "sqlite://app?mode=memory"
}
