env "local" {
  url = "sqlite://${each.value}?mode=memory"
}
