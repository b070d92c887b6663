"""Book, editions, files → findings; never changes anything."""
