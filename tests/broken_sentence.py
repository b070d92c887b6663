"""A paragraph of a narrow column, in two parts: a sentence that something may interrupt."""

BEFORE = (
    "The miller had gone down to the weir before it was light, because\n"
    "the sluice was stuck and the water stood higher than it had stood\n"
    "in all the years that he could remember. His two sons came behind\n"
    "him with a rope and a lantern, and neither of them said a word as\n"
    "they went along the bank, where the grass was wet and so long that\n"
)
BEHIND = (
    "it came up to their knees. When they had reached the sluice he put\n"
    "the lantern on the wall and looked for a long time at the gate, and\n"
    "at the chain that held it, and shook his head.\n"
)
