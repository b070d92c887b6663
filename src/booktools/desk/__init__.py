"""The desk: copy, errata and page joined for people who review; decisions written at once."""
