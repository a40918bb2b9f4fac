env "local" {
  url = "env://dev"
  dev = "env://url"
}
