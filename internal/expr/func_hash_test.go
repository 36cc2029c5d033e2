package expr

import "testing"

func TestHash(t *testing.T) {
	run(t, []row{
		{"guid('asdf')", `"228d27cc-6fdb-5934-b7ac-1efccebade04"`},
		{"guid('foo', 'bar', 'baz')", `"2ed86837-7c7c-5eaa-9864-dd077fd19b0d"`},
		{"guid(@u)", `{"$unknown":"guid(@u)"}`},
		{"guid(1)", `{"$unknown":"guid(1)"}`},
		{"uniqueString('asd', 'asdf', 'asdf')", `"iizpqit7ih3cc"`},
		{"uniqueString('snap', 'crackle', 'pop')", `"byghxckddilkc"`},
		{"uniqueString('snap', if(@u, 'crackle', 'x'), 'pop')", `{"$oneOf":["byghxckddilkc","ib4mng3kfg7w6"]}`},
		{"uniqueString(@u, if(@v, 'a', 'b'))", `{"$unknown":"uniqueString(@u, if(@v, 'a', 'b'))"}`},
		{"uniqueString(resourceGroup().id)", `{"$unknown":"uniqueString(resourceGroup().id)"}`},
	})
}
