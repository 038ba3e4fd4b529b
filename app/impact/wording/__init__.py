"""What figures are called and said to be, on cards, pages and in exports. Nothing says that one causes another."""
