locals {
  text = <<-EOT
    one
    two
}
env "local" {
  url = "sqlite://app?mode=memory"
}
