env "local" {
  url =
}
