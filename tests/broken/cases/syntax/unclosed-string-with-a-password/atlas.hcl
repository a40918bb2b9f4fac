env "other" {
  url = "postgres://app:canary-quote@db/app
}
env "local" {
  url = "sqlite://app?mode=memory"
}
