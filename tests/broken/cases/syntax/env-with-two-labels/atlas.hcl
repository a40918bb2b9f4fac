env "local" "eu" {
  url = "sqlite://app?mode=memory"
}
