package hostile

import (
	"bytes"
	"encoding/binary"
	"math/rand/v2"
)

// sample is a file as somebody has it.
type sample struct {
	name    string
	content []byte
}

// mutators make another file of one, with a second at hand.
var mutators = []func(r *rand.Rand, a, b sample) sample{cut, flip, blow, splice, rename, polyglot, repeat, head}

// mutate takes one to three mutators in turn.
func mutate(r *rand.Rand, all []sample) sample {
	s := all[r.IntN(len(all))]
	for range 1 + r.IntN(3) {
		s = mutators[r.IntN(len(mutators))](r, s, all[r.IntN(len(all))])
	}
	const most = 4 << 20
	s.content = s.content[:min(len(s.content), most)]
	return s
}

func cut(r *rand.Rand, a, _ sample) sample {
	return sample{a.name, a.content[:r.IntN(len(a.content)+1)]}
}

// flip turns some bits, most of them near the beginning, where the lengths stand.
func flip(r *rand.Rand, a, _ sample) sample {
	c := bytes.Clone(a.content)
	for range 1 + r.IntN(20) {
		if len(c) == 0 {
			break
		}
		within := len(c)
		if r.IntN(2) == 0 {
			within = min(len(c), 512)
		}
		c[r.IntN(within)] ^= 1 << r.IntN(8)
	}
	return sample{a.name, c}
}

// blow writes a number no file should have where a length may stand.
func blow(r *rand.Rand, a, _ sample) sample {
	c := bytes.Clone(a.content)
	if len(c) < 32 {
		return sample{a.name, c}
	}
	at := 8 + r.IntN(len(c)-16)
	huge := []uint32{0xFFFFFFFF, 0x7FFFFFFF, 0x80000000, 0, 0xFFFF}[r.IntN(5)]
	if r.IntN(2) == 0 {
		binary.BigEndian.PutUint32(c[at:], huge)
	} else {
		binary.LittleEndian.PutUint32(c[at:], huge)
	}
	return sample{a.name, c}
}

func splice(r *rand.Rand, a, b sample) sample {
	i, j := r.IntN(len(a.content)+1), r.IntN(len(b.content)+1)
	return sample{a.name, append(bytes.Clone(a.content[:i]), b.content[j:]...)}
}

func rename(_ *rand.Rand, a, b sample) sample { return sample{b.name, a.content} }

// polyglot begins as the one and ends as the other.
func polyglot(r *rand.Rand, a, b sample) sample {
	n := min(len(a.content), 16+r.IntN(64))
	return sample{[]string{a.name, b.name}[r.IntN(2)], append(bytes.Clone(a.content[:n]), b.content...)}
}

func repeat(r *rand.Rand, a, _ sample) sample {
	if len(a.content) < 2 {
		return a
	}
	i := r.IntN(len(a.content) - 1)
	j := i + 1 + r.IntN(len(a.content)-i-1)
	piece := a.content[i:j]
	times := min(1+r.IntN(50), 1+(1<<20)/len(piece))
	return sample{a.name, append(append(bytes.Clone(a.content[:i]), bytes.Repeat(piece, times)...), a.content[i:]...)}
}

// head is a name that is more than a name.
func head(r *rand.Rand, a, _ sample) sample {
	names := []string{"../../../etc/" + a.name, `C:\` + a.name, "\x00" + a.name, "a\u202e" + a.name, a.name + ".svg", ".", "", a.name + "\n", "CON." + a.name}
	return sample{names[r.IntN(len(names))], a.content}
}
