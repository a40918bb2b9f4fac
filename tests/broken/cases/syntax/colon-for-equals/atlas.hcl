env "local" {
  url: "sqlite://app?mode=memory"
}
