"""Reading of learners' sentences: numbers, units, dates, words, in Chinese and English."""
