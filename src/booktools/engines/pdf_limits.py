"""What a stranger's PDF may cost, and how the process that reads it tells why it ended."""

# Bytes that the process may take besides the file itself, which stands there twice; seconds
# for opening the file and for each page; seconds of the processor for all, and for each page.
MEMORY = 1 << 30
SECONDS = 30
CPU, CPU_PAGE = 60, 1
MAX_PAGES = 20_000
MOST_LEAVES = 3_000  # of an edition, for the bound on its time

# Exit codes: pdfium cannot be loaded; there is no more memory.
MISSING = 3
NO_MEMORY = 4
