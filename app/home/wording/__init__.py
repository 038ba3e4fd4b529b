"""What the gathering pages say."""
