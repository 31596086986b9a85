"""What models cost and how much they can hold: dated data from maintained sources, and looking something up in it."""
