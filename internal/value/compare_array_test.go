package value

import "testing"

// TestEqualArrays compares what is known: of an open array which elements it has, not their places; it may have more, but
// never fewer.
func TestEqualArrays(t *testing.T) {
	one, two := OfInt(1), OfInt(2)
	for _, tt := range []struct {
		name string
		a, b Value
		want Truth
	}{
		{"equal", OfArray(one, two), OfArray(one, two), True},
		{"shorter", OfArray(one), OfArray(one, two), False},
		{"other element", OfArray(one), OfArray(two), False},
		{"unknown element", OfArray(Value{}), OfArray(two), Undecided},
		{"open and shorter", OfArray(one).AsOpen(), OfArray(one, two), Undecided},
		{"open and as long", OfArray(one).AsOpen(), OfArray(one), Undecided},
		{"open and longer", OfArray(one, two).AsOpen(), OfArray(one), False},
		{"open and longer than none", OfArray(Value{}).AsOpen(), OfArray(), False},
		{"open with an element somewhere", OfArray(two).AsOpen(), OfArray(one, two), Undecided},
		{"open with another element", OfArray(two).AsOpen(), OfArray(one), False},
		{"both open", OfArray(one).AsOpen(), OfArray(one, two).AsOpen(), Undecided},
	} {
		if got := Equal(tt.a, tt.b); got != tt.want {
			t.Errorf("%s: %v, want %v", tt.name, got, tt.want)
		}
		if got := Equal(tt.b, tt.a); got != tt.want {
			t.Errorf("%s, the other way round: %v, want %v", tt.name, got, tt.want)
		}
	}
}
