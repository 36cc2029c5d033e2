package expr

import "testing"

func TestCase(t *testing.T) {
	run(t, []row{
		{"toLower('AiKInIniIN')", `"aikininiin"`},
		{"toUpper(' Fizz ')", `" FIZZ "`},
		{"toLower(@u)", `{"$unknown":"toLower(@u)"}`},
		{"toLower(toLower(@u))", `{"$unknown":"toLower(@u)"}`},
		{"toLower(uniqueString(@u))", `{"$unknown":"uniqueString(@u)"}`},
		{"toLower(concat('X', uniqueString(@u), 'Y', @v))",
			`{"$template":["x",{"$unknown":"uniqueString(@u)"},"y",{"$unknown":"toLower(@v)"}]}`},
		{"toUpper(concat('x', @u))", `{"$template":["X",{"$unknown":"toUpper(@u)"}]}`},
		{"toLower(if(@u, 'A', 'B'))", `{"$oneOf":["a","b"]}`},
		{"toLower(1)", `{"$unknown":"toLower(1)"}`},
		{"equals(toLower(concat('X', uniqueString(@u))), concat('x', uniqueString(@u)))", `true`},
	})
}

func TestEndsOfText(t *testing.T) {
	run(t, []row{
		{"startsWith('FOOD', 'foo')", `true`},
		{"startsWith('food', 'x')", `false`},
		{"startsWith('a', 'ab')", `false`},
		{"startsWith(concat('food', @u), 'FOO')", `true`},
		{"startsWith(concat('fo', @u), 'FOO')", `{"$unknown":"startsWith(format('fo{0}', @u), 'FOO')"}`},
		{"startsWith(concat('fx', @u), 'foo')", `false`},
		{"startsWith('food', concat('x', @u))", `false`},
		{"startsWith('food', concat('f', @u))", `{"$unknown":"startsWith('food', format('f{0}', @u))"}`},
		{"startsWith(@u, '')", `true`},
		{"startsWith(@u, 'a')", `{"$unknown":"startsWith(@u, 'a')"}`},
		{"endsWith('foot', 'T')", `true`},
		{"endsWith(concat(@u, 'foot'), 'oot')", `true`},
		{"endsWith(concat(@u, 'foot'), 'x')", `false`},
		{"endsWith(concat(@u, 'foot'), 'a-foot')", `{"$unknown":"endsWith(format('{0}foot', @u), 'a-foot')"}`},
		{"like('foobar', 'FOO*')", `true`},
		{"like('foobar', '*o*a*')", `true`},
		{"like('foobar', '*x*')", `false`},
		{"like('foobar', 'foo')", `false`},
		{"like('ab', 'a*b')", `true`},
		{"like('a', 'a*a')", `false`},
		{"like(@u, 'a')", `{"$unknown":"like(@u, 'a')"}`},
	})
}

func TestFormat(t *testing.T) {
	run(t, []row{
		{"format('->{0}<-', 123)", `"-\u003e123\u003c-"`},
		{"format('{0}/{1}/{2}', 1, true(), null())", `"1/True/"`},
		{"format('{0}|{1}', createObject('a', 'b', '!c', 2), createArray(true(), 2893, 'abc'))", `"{'a':'b','!c':2}|[true,2893,'abc']"`},
		{"format('{0}', createArray('it''s', json('1.5'), null()))", `"['it\\'s',1.5,null]"`},
		{"format('{{{0}}}', 'a')", `"{a}"`},
		{"format('{0,5}|{0,-5}|', 'ab')", `"   ab|ab   |"`},
		{"format('{0:D3}|{0:X}|{0:x4}|{0:000}', 42)", `"042|2A|002a|042"`},
		{"format('{0:N0}|{0:N}|{0:F1}|{0,9:N0}', 1234567)", `"1,234,567|1,234,567.00|1234567.0|1,234,567"`},
		{"format('{0:D3}', sub(0, 7))", `"-007"`},
		{"format('{0:D3}', 'x')", `"x"`},
		{"format('a-{0}-{1}', 1, @u)", `{"$template":["a-1-",{"$unknown":"@u"}]}`},
		{"format('a-{0:D3}', @u)", `{"$template":["a-",{"$unknown":"format('{0:D3}', @u)"}]}`},
		{"format('a-{0,5}', @u)", `{"$template":["a-",{"$unknown":"format('{0,5}', @u)"}]}`},
		{"format('a-{0:C}', 5)", `{"$template":["a-",{"$unknown":"format('{0:C}', 5)"}]}`},
		{"format('{0}-x', createArray(@u))", `{"$template":[{"$unknown":"format('{0}', createArray(@u))"},"-x"]}`},
		{"format('{0}', concat('a', @u))", `{"$template":["a",{"$unknown":"@u"}]}`},
		{"format('{0}-{1}', if(@u, 'a', 'b'), 1)", `{"$oneOf":["a-1","b-1"]}`},
		{"format(@u, 1)", `{"$unknown":"format(@u, 1)"}`},
		{"format('{1}', 1)", `{"$unknown":"format('{1}', 1)"}`},
		{"format('{0', 1)", `{"$unknown":"format('{0', 1)"}`},
		{"format('0}', 1)", `{"$unknown":"format('0}', 1)"}`},
		{"format('{}', 1)", `{"$unknown":"format('{}', 1)"}`},
		{"format('{0,99999999}', 1)", `{"$unknown":"format('{0,99999999}', 1)"}`},
		{"format('{0}', parameters('secretObject'))", `{"$secret":""}`},
		{"format('{0}-{1}', parameters('secret'), @u)", `{"$secret":""}`},
		{"toLower(concat(parameters('secret'), @u))", `{"$secret":""}`},
		{"skip(concat(parameters('secret'), @u), 1)", `{"$secret":""}`},
		{"join(createArray(parameters('secret'), @u), '-')", `{"$secret":""}`},
		{"substring(concat(parameters('secret'), @u), 1, 99)", `{"$secret":""}`},
	})
}

func TestJoinSplitReplace(t *testing.T) {
	run(t, []row{
		{"join(createArray('abc', 123, true()), '/')", `"abc/123/True"`},
		{"join(createArray(), ',')", `""`},
		{"join(createArray('a', @u, 'b'), '-')", `{"$template":["a-",{"$unknown":"@u"},"-b"]}`},
		{"join(createArray('a', 'b'), @u)", `{"$template":["a",{"$unknown":"@u"},"b"]}`},
		{"join(concat(createArray('a'), @u), '-')", `{"$unknown":""}`},
		{"join(createArray(createArray()), ',')", `{"$unknown":"join(createArray(createArray()), ',')"}`},
		{"split('a,,b,', ',')", `["a","","b",""]`},
		{"split('a::b;c', createArray('::', ';'))", `["a","b","c"]`},
		{"split('', ',')", `[""]`},
		{"split('abc', '')", `["abc"]`},
		{"split(@u, ',')", `{"$unknown":"split(@u, ',')"}`},
		{"split(parameters('secret'), '-')", `[{"$secret":""},{"$secret":""},{"$secret":""}]`},
		{"replace('foo-o', 'o', '0')", `"f00-0"`},
		{"replace('aXa', 'x', '')", `"aXa"`},
		{"replace('a', '', 'b')", `{"$unknown":"replace('a', '', 'b')"}`},
		{"replace(concat('a-b-', uniqueString(@u), @v), '-', '')",
			`{"$template":["ab",{"$unknown":"uniqueString(@u)"},{"$unknown":"replace(@v, '-', '')"}]}`},
		{"replace(concat('ab', @u), 'ab', '')", `{"$unknown":"replace(format('ab{0}', @u), 'ab', '')"}`},
		{"replace(@u, 'a', 'b')", `{"$unknown":"replace(@u, 'a', 'b')"}`},
	})
}

func TestStringAndParts(t *testing.T) {
	run(t, []row{
		{"string('asdf')", `"asdf"`},
		{"string(1)", `"1"`},
		{"string(true())", `"True"`},
		{"string(createObject('a', createArray(1, 'x\"y', true(), null())))", `"{\"a\":[1,\"x\\\"y\",true,null]}"`},
		{"string(json('[1.0, 2.5e20, 1e-7]'))", `"[1.0,2.5E+20,1E-07]"`},
		{"string(createArray(@u))", `{"$unknown":"string(createArray(@u))"}`},
		{"string(concat('a', @u))", `{"$template":["a",{"$unknown":"@u"}]}`},
		{"string(@u)", `{"$unknown":"string(@u)"}`},
		{"string(parameters('secretObject'))", `{"$secret":""}`},
		{"substring('asdfasf', 3)", `"fasf"`},
		{"substring('foot', 0, 3)", `"foo"`},
		{"substring('foot', 4)", `""`},
		{"substring('foot', 2, 3)", `{"$unknown":"substring('foot', 2, 3)"}`},
		{"substring('foot', 5)", `{"$unknown":"substring('foot', 5)"}`},
		{"substring('foot', -1)", `{"$unknown":"substring('foot', -1)"}`},
		{"substring(concat('cosmos', @u), 0, 3)", `"cos"`},
		{"substring(concat('cosmos', @u), 3)", `{"$template":["mos",{"$unknown":"@u"}]}`},
		{"substring(concat('cosmos', @u), 3, 9)", `{"$unknown":"substring(format('cosmos{0}', @u), 3, 9)"}`},
		{"substring(@u, 0, 1)", `{"$unknown":"substring(@u, 0, 1)"}`},
		{"trim('  adf asdf ')", `"adf asdf"`},
		{"trim('  ')", `""`},
		{"trim(concat(' a', @u, 'b '))", `{"$template":["a",{"$unknown":"@u"},"b"]}`},
		{"trim(concat(' ', @u))", `{"$unknown":"trim(format(' {0}', @u))"}`},
		{"padLeft(13, 5)", `"   13"`},
		{"padLeft('0', 5, '+')", `"++++0"`},
		{"padLeft('abc', 2)", `"abc"`},
		{"padLeft('abc', 5, 'xx')", `{"$unknown":"padLeft('abc', 5, 'xx')"}`},
		{"padLeft('abc', 1048577)", `{"$unknown":"padLeft('abc', 1048577)"}`},
		{"padLeft(@u, 5)", `{"$unknown":"padLeft(@u, 5)"}`},
	})
}

func TestCompare(t *testing.T) {
	run(t, []row{
		{"less(1, 2)", `true`},
		{"lessOrEquals(2, 2)", `true`},
		{"greater(1, 2)", `false`},
		{"greaterOrEquals(2, 3)", `false`},
		{"greater('A', 'a')", `true`},
		{"less('a', 'B')", `true`},
		{"less('a', 'aa')", `true`},
		{"less('1', 'a')", `true`},
		{"less('-', '1')", `true`},
		{"less('a', 1)", `{"$unknown":"less('a', 1)"}`},
		{"less(@u, 1)", `{"$unknown":"less(@u, 1)"}`},
		{"less(if(@u, 1, 2), 5)", `true`},
		{"greater(length(concat(createArray(1), @u)), 0)", `true`},
		{"greater(length(concat(createArray(1), @u)), 1)", `{"$unknown":""}`},
		{"less(length(concat('abc', @u)), 3)", `false`},
		{"greater(length(@u), 0)", `{"$unknown":"greater(length(@u), 0)"}`},
		{"greaterOrEquals(length(@u), 0)", `true`},
		{"less(length(union(@u, createObject('a', 1))), 1)", `false`},
	})
}
