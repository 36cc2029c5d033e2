package value

import (
	"slices"
	"testing"
)

func TestLazy(t *testing.T) {
	var r Reads
	var inner, outer Lazy
	computed := 0
	get := func() Value {
		v, ok := r.Once(&outer, func() Value {
			r.Add("b")
			v, ok := r.Once(&inner, func() Value { computed++; r.Add("a", "b", "a"); return OfInt(1) })
			if !ok {
				t.Error("the inner value depends on itself")
			}
			return v
		})
		if !ok {
			t.Error("the outer value depends on itself")
		}
		return v
	}
	for range 2 { // the second time nothing is computed, but the same is read
		v, read := r.During(get)
		slices.Sort(read)
		if n, _ := v.Int(); n != 1 || computed != 1 || !slices.Equal(read, []string{"a", "b"}) {
			t.Errorf("%v, computed %d times, read %v", n, computed, read)
		}
	}
	if _, read := r.During(func() Value { return Value{} }); read != nil {
		t.Errorf("nothing read %v", read)
	}
}

func TestLazyCycle(t *testing.T) {
	var r Reads
	var l Lazy
	v, ok := r.Once(&l, func() Value {
		v, ok := r.Once(&l, func() Value { return OfInt(1) })
		if ok || v.Kind != Unknown {
			t.Errorf("within itself: %v, %v", v.Kind, ok)
		}
		return OfInt(2)
	})
	if n, _ := v.Int(); n != 2 || !ok {
		t.Errorf("%v, %v", n, ok)
	}
}
