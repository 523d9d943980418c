package render

// grown is a module's memory where addresses cannot be set aside.
type grown struct{ all []byte }

// Reallocate grows the memory by copying it.
func (g *grown) Reallocate(size uint64) []byte {
	if size > uint64(cap(g.all)) {
		g.all = append(make([]byte, 0, size), g.all...)
	}
	g.all = g.all[:size]
	return g.all
}

// Free leaves it to the collector.
func (g *grown) Free() { g.all = nil }
