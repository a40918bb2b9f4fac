env "local" {
  url = "sqlite://app?mode=memory"
  url = "postgres://app:canary-twice@db/app"
}
