data "external" "url" {
  program = ["echo", "sqlite://app?mode=memory"]
}
env "local" {
  url = trimspace(data.external.url)
}
