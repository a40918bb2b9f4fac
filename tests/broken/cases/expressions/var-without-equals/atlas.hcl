variable "url" {
  type = string
}
env "local" {
  url = var.url
}
