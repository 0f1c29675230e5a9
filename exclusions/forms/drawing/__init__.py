"""Fields and widgets drawn without templates, and filters whose form is kept: pages have hundreds of boxes."""
