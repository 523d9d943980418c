package evidence

import (
	"encoding/binary"
	"errors"
)

// errShort says that bytes ended before the value they announce.
var errShort = errors.New("evidence: bytes end too early")

func putInt(b []byte, v int64) []byte { return binary.BigEndian.AppendUint64(b, uint64(v)) }

// putBytes writes a length-prefixed value, so that no two lists of values have the same bytes.
func putBytes[T ~string | ~[]byte](b []byte, v T) []byte {
	b = binary.BigEndian.AppendUint32(b, uint32(len(v)))
	return append(b, v...)
}

// cursor reads what put… wrote; after an error every further read is zero.
type cursor struct {
	rest []byte
	err  error
}

func (c *cursor) take(n int) []byte {
	if c.err != nil || n < 0 || len(c.rest) < n {
		c.err = errors.Join(c.err, errShort)
		c.rest = nil
		return nil
	}
	head := c.rest[:n]
	c.rest = c.rest[n:]
	return head
}

func (c *cursor) int() int64 {
	if b := c.take(8); b != nil {
		return int64(binary.BigEndian.Uint64(b))
	}
	return 0
}

func (c *cursor) short() uint32 {
	if b := c.take(4); b != nil {
		return binary.BigEndian.Uint32(b)
	}
	return 0
}

func (c *cursor) byte() byte {
	if b := c.take(1); b != nil {
		return b[0]
	}
	return 0
}

func (c *cursor) bytes() []byte { return c.take(int(c.short())) }

// end is the first error, or one for bytes left over.
func (c *cursor) end() error {
	if c.err == nil && len(c.rest) > 0 {
		return errors.New("evidence: bytes left over")
	}
	return c.err
}
