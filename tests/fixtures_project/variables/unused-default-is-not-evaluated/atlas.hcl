variable "never" {
  default = file("missing.txt")
}
env "local" {
  url = "sqlite://app.db"
}
