"""Every page × every role × two widths, in a browser and by its words."""
