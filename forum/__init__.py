"""The forum: threads, posts, reactions; live over websockets, and a road from each thread into a sheet."""
