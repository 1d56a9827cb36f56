"""Tables as files hold them: text files, spreadsheets and archives read as cells, and cells written."""
