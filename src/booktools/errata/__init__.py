"""The reviewed errata: the ledger, its application to the galley, and the watch kept after."""
