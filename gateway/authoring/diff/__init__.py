"""`policy diff`: what one document permits that another does not."""
