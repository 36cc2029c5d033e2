package value

import "slices"

// Lazy is a value that is computed once, when it is first asked for.
type Lazy struct {
	state lazyState
	v     Value
	reads []string
}

type lazyState uint8

const (
	fresh lazyState = iota
	busy
	done
)

// Busy reports whether the value is being computed.
func (l *Lazy) Busy() bool { return l.state == busy }

// Peek returns the value if it was computed; what was not is unknown.
func (l *Lazy) Peek() Value { return l.v }

// Reads are names of what an evaluation has read: parameters of the root whose defaults decide something. The zero Reads are none.
type Reads struct{ names []string }

// Add adds names.
func (r *Reads) Add(names ...string) {
	for _, n := range names {
		if !slices.Contains(r.names, n) {
			r.names = append(r.names, n)
		}
	}
}

// During returns what compute returns, and what it read.
func (r *Reads) During(compute func() Value) (Value, []string) {
	outer := r.names
	r.names = nil
	v := compute()
	read := r.names
	r.names = outer
	r.Add(read...)
	return v, read
}

// Once returns the value of l, computing it first if need be; what that read counts as read each time. It reports false for a value
// that depends on itself, which is unknown.
func (r *Reads) Once(l *Lazy, compute func() Value) (Value, bool) {
	switch l.state {
	case done:
		r.Add(l.reads...)
		return l.v, true
	case busy:
		return Value{}, false
	}
	l.state = busy
	var read []string
	l.v, read = r.During(compute)
	l.reads = MergeDeps(read)
	l.state = done
	return l.v, true
}
