"""What programs fetch of the pages: the table of a saved view, made by what makes the page's own."""
