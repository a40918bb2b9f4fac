variable "url" {
  default = "sqlite://app?mode=memory"
}
env "local" {
  url = url
}
