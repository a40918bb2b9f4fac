"""What holds resources up from outside and ends by itself: registries, servers, locks; and room on servers."""
