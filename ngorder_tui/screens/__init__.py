"""What is on screen, one file a screen. Screens call the session; they know neither the network nor the disk."""
