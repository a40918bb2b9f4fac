env "local" {
  url      = "sqlite://app?mode=memory"
  password = "canary-scheme"
}
