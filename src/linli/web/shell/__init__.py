"""The design system of the web door: templates, styles, vendored libraries and the tags that pages are built from."""
