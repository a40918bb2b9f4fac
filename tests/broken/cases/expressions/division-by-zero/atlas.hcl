env "local" {
  url = "sqlite://app${4 / 0}?mode=memory"
}
