"""Claims, the frozen model, and its rendering to HTML and PDF; heavy doors open when used."""
