"""Practice sheets and their life: versions, trials, ratings, collections, glossary."""
