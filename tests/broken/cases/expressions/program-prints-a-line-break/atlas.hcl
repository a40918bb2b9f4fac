data "external" "url" {
  program = ["echo", "sqlite://app?mode=memory"]
}
env "local" {
  url = data.external.url
}
