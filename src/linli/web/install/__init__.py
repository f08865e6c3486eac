"""The page that leads a phone to trust this office's own certificate authority."""
