variable "name" {
  type = string
}
env "local" {
  url = local.url
}
