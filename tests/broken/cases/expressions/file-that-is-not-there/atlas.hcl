env "local" {
  url = file("url.txt")
}
