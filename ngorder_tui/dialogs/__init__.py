"""Small windows over a screen: confirm, help, text to copy."""
