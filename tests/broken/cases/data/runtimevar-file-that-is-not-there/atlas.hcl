data "runtimevar" "url" {
  url = "file://secrets/url"
}
env "local" {
  url = data.runtimevar.url
}
