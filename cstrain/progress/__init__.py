"""Where a learner's work lives: records of attempts, the folder that keeps them, export files."""
