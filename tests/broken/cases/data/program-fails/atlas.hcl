data "external" "url" {
  program = ["sh", "url.sh"]
}
env "local" {
  url = trimspace(data.external.url)
}
