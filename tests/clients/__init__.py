"""Other programs that speak to Atlas, or share its files and tables: what they do is what Atlas must do."""
