"""Papers for the Kreistag, composed by rules: a draft that people edit, and then a document."""
