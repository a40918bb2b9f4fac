variable "token" {
  type    = string
  default = "aci_local"
}
atlas {
  cloud {
    token   = var.token
    url     = getenv("REGISTRY")
    project = "shop"
    org     = "acme"
  }
}
env "local" {
  label = "${atlas.cloud.org}/${atlas.cloud.project}"
  migration {
    dir = "atlas://app?tag=v1"
  }
}
