package expr

import "testing"

func TestEncode(t *testing.T) {
	run(t, []row{
		{"base64(' Fizz ')", `"IEZpenog"`},
		{"base64(@u)", `{"$unknown":"base64(@u)"}`},
		{"base64(parameters('secret'))", `{"$secret":""}`},
		{"base64ToString('IEZpenog')", `" Fizz "`},
		{"base64ToString('?')", `{"$unknown":"base64ToString('?')"}`},
		{"base64ToString(@u)", `{"$unknown":"base64ToString(@u)"}`},
		{"base64ToJson(base64('{''one'': ''a''}')).one", `"a"`},
		{"base64ToJson(@u)", `{"$unknown":"base64ToJson(@u)"}`},
		{"dataUri(' Fizz ')", `"data:text/plain;charset=utf-8;base64,IEZpenog"`},
		{"dataUri(@u)", `{"$unknown":"dataUri(@u)"}`},
		{"dataUriToString('data:text/plain;charset=utf-8;base64,IEZpenog')", `" Fizz "`},
		{"dataUriToString('data:,Hello%2C')", `"Hello,"`},
		{"dataUriToString('text')", `{"$unknown":"dataUriToString('text')"}`},
		{"dataUriToString(@u)", `{"$unknown":"dataUriToString(@u)"}`},
		{"uriComponent('UB*8h 0+=_)9h9n')", `"UB%2A8h%200%2B%3D_%299h9n"`},
		{"uriComponent('é')", `"%C3%A9"`},
		{"uriComponent(@u)", `{"$unknown":"uriComponent(@u)"}`},
		{"uriComponentToString('%20%25%20')", `" % "`},
		{"uriComponentToString('%C3%A9%ff%zz%')", `"é%ff%zz%"`},
		{"uriComponentToString(@u)", `{"$unknown":"uriComponentToString(@u)"}`},
	})
}

func TestJSON(t *testing.T) {
	run(t, []row{
		{`json('{"a":[1,-2.5,true,null,"x\n\u00e9\ud83d\ude00"]}')`, `{"a":[1,-2.5,true,null,"x\né😀"]}`},
		{"json('null')", `null`},
		{"json('3.0')", `3`},
		{"json('12345678901')", `12345678901`},
		{"json(' {a: ''b'', /* c */ \"d\": [1,], } // e')", `{"a":"b","d":[1]}`},
		{"json('')", `{"$unknown":"json('')"}`},
		{"json('{')", `{"$unknown":"json('{')"}`},
		{"json('[1 2]')", `{"$unknown":"json('[1 2]')"}`},
		{"json('nope')", `{"$unknown":"json('nope')"}`},
		{"json('123456789012345678901234567890')", `{"$unknown":"json('123456789012345678901234567890')"}`},
		{"json('1 1')", `{"$unknown":"json('1 1')"}`},
		{"json(@u)", `{"$unknown":"json(@u)"}`},
		{"json(parameters('secretJSON'))", `{"a":[{"$secret":""}]}`},
	})
	v := evalTest(t, `json('{"a":{"b":1}}')`)
	if got := v.GetPath("a.b").Span.Text(); got != `'{"a":{"b":1}}'` {
		t.Errorf("a value out of JSON stands at %q", got)
	}
}

func TestURI(t *testing.T) {
	run(t, []row{
		{"uri('https://github.com', 'Azure/bicep')", `"https://github.com/Azure/bicep"`},
		{"uri('https://github.com/another/repo', '/Azure/bicep')", `"https://github.com/Azure/bicep"`},
		{"uri('http://contoso.com/resources/', 'nested/azuredeploy.json')", `"http://contoso.com/resources/nested/azuredeploy.json"`},
		{"uri('http://contoso.com/resources/a.json', '../b.json')", `"http://contoso.com/b.json"`},
		{"uri('HTTPS://Contoso.com:443', '')", `"https://contoso.com/"`},
		{"uri('contoso', 'b')", `{"$unknown":"uri('contoso', 'b')"}`},
		{"uri('https://a.com', 'b%20c')", `{"$unknown":"uri('https://a.com', 'b%20c')"}`},
		{"uri(@u, 'b/c.json')", `{"$template":[{"$unknown":"uri(@u, '')"},"b/c.json"]}`},
		{"uri(@u, '../b.json')", `{"$unknown":"uri(@u, '../b.json')"}`},
		{"uri(@u, '/b.json')", `{"$unknown":"uri(@u, '/b.json')"}`},
		{"uri(@u, 'https://a.com/b.json')", `{"$unknown":"uri(@u, 'https://a.com/b.json')"}`},
		{"uri('https://a.com/', @u)", `{"$unknown":"uri('https://a.com/', @u)"}`},
		{"parseUri('https://db.documents.azure.com:8443/a')",
			`{"scheme":"https","host":"db.documents.azure.com","port":8443,"path":"/a","query":{"$unknown":"parseUri('https://db.documents.azure.com:8443/a').query"}}`},
		{"parseUri('https://a.com').port", `{"$unknown":"parseUri('https://a.com').port"}`},
		{"parseUri(@u)", `{"$unknown":"parseUri(@u)"}`},
		{"buildUri(createObject('scheme', 'https', 'host', 'a.com', 'path', '/b', 'query', '?c=d'))", `"https://a.com/b?c=d"`},
		{"buildUri(createObject('scheme', 'https', 'host', 'a.com', 'port', 8443, 'path', 'b'))", `"https://a.com:8443/b"`},
		{"buildUri(createObject('scheme', 'https', 'host', 'a.com'))", `{"$unknown":"buildUri(createObject('scheme', 'https', 'host', 'a.com'))"}`},
		{"buildUri(@u)", `{"$unknown":"buildUri(@u)"}`},
	})
}
