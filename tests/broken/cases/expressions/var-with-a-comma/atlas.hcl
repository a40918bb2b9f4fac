variable "password" {
  type = string
}
env "local" {
  url = "sqlite://app?mode=memory"
}
