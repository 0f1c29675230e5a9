"""Fields and widgets drawn without templates, and filters whose form is kept: a page of a case has hundreds of boxes."""
