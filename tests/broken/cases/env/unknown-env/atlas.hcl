env "prod" {
  url      = "sqlite://app?mode=memory"
  password = "canary-env"
}
