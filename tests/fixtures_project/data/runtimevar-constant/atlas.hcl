data "runtimevar" "region" {
  url = "constant://?val=eu&decoder=string"
}
env "local" {
  region = data.runtimevar.region
}
