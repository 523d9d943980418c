package db

// Commits counts the transactions SQLite's writer has committed.
func (d *DB) Commits() int64 { return d.writer.(*groupWriter).commits.Load() }
