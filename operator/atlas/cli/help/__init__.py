"""What a person is told beside the answer: pages of help, what a word may have meant, what to do next."""
