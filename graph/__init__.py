"""What follows what in a turn, and where settings become live things."""
