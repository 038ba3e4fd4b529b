"""What the gathering pages ask."""
