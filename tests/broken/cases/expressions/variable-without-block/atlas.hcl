env "local" {
  url = var.url
}
