data "runtimevar" "token" {
  url = "constant://?val=aci_kept&decoder=string"
}
atlas {
  cloud {
    token = data.runtimevar.token
  }
}
env "local" {
  url = "sqlite://app.db"
}
