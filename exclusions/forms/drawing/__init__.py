"""Fields and widgets drawn without templates: a page of a case has hundreds of boxes."""
