"""What the server tells the browser beside Streamlit: headers, style, and scripts of our own."""
