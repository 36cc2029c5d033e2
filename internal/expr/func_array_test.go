package expr

import "testing"

func TestArray(t *testing.T) {
	run(t, []row{
		{"array(1)", `[1]`},
		{"array(createArray(1))", `[1]`},
		{"array(createObject('a', 1))", `[{"a":1}]`},
		{"array(@u)", `{"$unknown":"array(@u)"}`},
		{"createArray()", `[]`},
		{"createArray('a', 1, true(), null(), @u)", `["a",1,true,null,{"$unknown":"@u"}]`},
	})
}

func TestConcat(t *testing.T) {
	run(t, []row{
		{"concat('a')", `"a"`},
		{"concat('it''s', ' ok')", `"it's ok"`},
		{"concat('a', 1, true())", `"a1True"`},
		{"concat('a-', @u)", `{"$template":["a-",{"$unknown":"@u"}]}`},
		{"concat(@u, '-b', '-c')", `{"$template":[{"$unknown":"@u"},"-b-c"]}`},
		{"concat(@u, @v)", `{"$unknown":"concat(@u, @v)"}`},
		{"concat(@u, uniqueString(@v))", `{"$template":[{"$unknown":"@u"},{"$unknown":"uniqueString(@v)"}]}`},
		{"concat(if(@u, 'dev', 'prod'), '-db')", `{"$oneOf":["dev-db","prod-db"]}`},
		{"concat(createArray(1), createArray(2, 3))", `[1,2,3]`},
		{"concat(createArray(1), @u)", `[1,{"$more":true}]`},
		{"concat(@u, createArray(1))", `[1,{"$more":true}]`},
		{"concat(createArray(1), if(@u, createArray(2), createArray()))", `{"$oneOf":[[1,2],[1]]}`},
		{"concat(createArray(1), 'a')", `{"$unknown":"concat(createArray(1), 'a')"}`},
		{"concat('a', createObject())", `{"$unknown":"concat('a', createObject())"}`},
		{"concat('a', parameters('secret'))", `{"$secret":""}`},
	})
}

func TestContains(t *testing.T) {
	run(t, []row{
		{"contains('FOO', 'foo')", `false`},
		{"contains('FOOT', 'FOO')", `true`},
		{"contains(concat(@u, 'east', @v), 'as')", `true`},
		{"contains(concat(@u, 'east', @v), 'west')", `{"$unknown":"contains(format('{0}east{1}', @u, @v), 'west')"}`},
		{"contains('a', @u)", `{"$unknown":"contains('a', @u)"}`},
		{"contains(createArray('FOO'), 'foo')", `false`},
		{"contains(createArray('FOO', 1), 'FOO')", `true`},
		{"contains(createArray('1'), 1)", `false`},
		{"contains(createArray(createObject('a', 1)), createObject('A', 1))", `true`},
		{"contains(createArray('a', @u), 'a')", `true`},
		{"contains(createArray('b', @u), @u)", `true`},
		{"contains(createArray('b', @u), 'a')", `{"$unknown":"contains(createArray('b', @u), 'a')"}`},
		{"contains(concat(createArray('b'), @u), 'b')", `true`},
		{"contains(concat(createArray('b'), @u), 'a')", `{"$unknown":""}`},
		{"contains(if(@u, createArray('a'), createArray('a', 'b')), 'a')", `true`},
		{"contains(if(@u, createArray(), createArray('b')), 'a')", `false`},
		{"contains(createObject('Foo', 1), 'foo')", `true`},
		{"contains(createObject('Foo', 1), 'bar')", `false`},
		{"contains(createObject('Foo', null()), 'foo')", `true`},
		{"contains(createObject(), @u)", `false`},
		{"contains(createObject('Foo', 1), @u)", `{"$unknown":"contains(createObject('Foo', 1), @u)"}`},
		{"contains(union(@u, createObject('Foo', 1)), 'foo')", `true`},
		{"contains(union(@u, createObject('Foo', 1)), 'bar')", `{"$unknown":""}`},
		{"contains(@u, 'a')", `{"$unknown":"contains(@u, 'a')"}`},
		{"contains(null(), 'a')", `{"$unknown":"contains(null(), 'a')"}`},
	})
}

func TestEmptyAndLength(t *testing.T) {
	run(t, []row{
		{"empty('')", `true`},
		{"empty('a')", `false`},
		{"empty(null())", `true`},
		{"empty(createArray())", `true`},
		{"empty(createObject())", `true`},
		{"empty(createObject('a', null()))", `false`},
		{"empty(concat('a', @u))", `false`},
		{"empty(concat(@u, ''))", `{"$unknown":"empty(@u)"}`},
		{"empty(uniqueString(@u))", `false`},
		{"empty(concat(@u, createArray(1)))", `false`},
		{"empty(concat(@u, createArray()))", `{"$unknown":""}`},
		{"empty(union(@u, createObject('a', 1)))", `false`},
		{"empty(union(@u, createObject()))", `{"$unknown":""}`},
		{"empty(1)", `{"$unknown":"empty(1)"}`},
		{"empty(@u)", `{"$unknown":"empty(@u)"}`},
		{"length('boo!')", `4`},
		{"length('é😀')", `3`},
		{"length(createArray(1, @u))", `2`},
		{"length(createObject('a', @u))", `1`},
		{"length(concat('a', @u))", `{"$unknown":"length(format('a{0}', @u))"}`},
		{"length(concat(createArray(1), @u))", `{"$unknown":""}`},
		{"length(union(@u, createObject('a', 1)))", `{"$unknown":""}`},
		{"length(if(@u, createArray(1), createArray(1, 2)))", `{"$oneOf":[1,2]}`},
		{"length(null())", `{"$unknown":"length(null())"}`},
		{"length(@u)", `{"$unknown":"length(@u)"}`},
	})
}

func TestEnds(t *testing.T) {
	run(t, []row{
		{"first('Fizz')", `"F"`},
		{"last('Fizz')", `"z"`},
		{"first('')", `""`},
		{"last('')", `""`},
		{"first(concat('a', @u))", `"a"`},
		{"last(concat('a', @u))", `{"$unknown":"last(format('a{0}', @u))"}`},
		{"last(concat(@u, 'yz'))", `"z"`},
		{"first('😀')", `{"$unknown":"first('😀')"}`},
		{"first(createArray(124, 25))", `124`},
		{"last(createArray(1, @u))", `{"$unknown":"@u"}`},
		{"first(createArray())", `null`},
		{"last(createArray())", `null`},
		{"first(concat(@u, createArray(1)))", `{"$unknown":""}`},
		{"last(concat(@u, createArray(1)))", `{"$unknown":""}`},
		{"first(@u)", `{"$unknown":"first(@u)"}`},
		{"first(null())", `{"$unknown":"first(null())"}`},
		{"indexFromEnd(createArray(1, 2), 1)", `2`},
		{"indexFromEnd(createArray(1, 2), 3)", `{"$unknown":"indexFromEnd(createArray(1, 2), 3)"}`},
		{"indexFromEnd(@u, 1)", `{"$unknown":"indexFromEnd(@u, 1)"}`},
		{"tryIndexFromEnd(createArray(1, 2), 2)", `1`},
		{"tryIndexFromEnd(createArray(1, 2), 3)", `null`},
		{"tryIndexFromEnd(null(), 1)", `null`},
		{"tryIndexFromEnd(@u, 1)", `{"$unknown":"tryIndexFromEnd(@u, 1)"}`},
	})
}

func TestTakeAndSkip(t *testing.T) {
	run(t, []row{
		{"take(createArray(1, 2, 3), 2)", `[1,2]`},
		{"take(createArray(1, @u), 5)", `[1,{"$unknown":"@u"}]`},
		{"take(createArray(1), -1)", `[]`},
		{"take(concat(createArray(1), @u), 1)", `[{"$more":true}]`},
		{"take(concat(createArray(1), @u), 0)", `[]`},
		{"take('foot', 3)", `"foo"`},
		{"take('foot', 9)", `"foot"`},
		{"take('foot', 0)", `""`},
		{"take(concat('cosmos-', @u), 6)", `"cosmos"`},
		{"take(concat('cosmos-', @u), 8)", `{"$unknown":"take(format('cosmos-{0}', @u), 8)"}`},
		{"take(@u, 1)", `{"$unknown":"take(@u, 1)"}`},
		{"take('foot', @u)", `{"$unknown":"take('foot', @u)"}`},
		{"skip(createArray(1, 2, 3), 1)", `[2,3]`},
		{"skip(createArray(1), 5)", `[]`},
		{"skip(createArray(1, @u), -1)", `[1,{"$unknown":"@u"}]`},
		{"skip(concat(createArray(1), @u), 0)", `[1,{"$more":true}]`},
		{"skip(concat(createArray(1), @u), 1)", `[{"$more":true}]`},
		{"skip('foot', 3)", `"t"`},
		{"skip('foot', 9)", `""`},
		{"skip(concat('cosmos-', @u), 6)", `{"$template":["-",{"$unknown":"@u"}]}`},
		{"skip(concat('cosmos-', @u), 7)", `{"$unknown":"@u"}`},
		{"skip(@u, 1)", `{"$unknown":"skip(@u, 1)"}`},
		{"skip(1, 1)", `{"$unknown":"skip(1, 1)"}`},
	})
}

func TestIndexOf(t *testing.T) {
	run(t, []row{
		{"indexOf('FOOBAR', 'bar')", `3`},
		{"indexOf('FOO', 'foo')", `0`},
		{"indexOf('é😀x', 'X')", `3`},
		{"indexOf('abc', 'x')", `-1`},
		{"indexOf(concat('abc', @u), 'x')", `{"$unknown":"indexOf(format('abc{0}', @u), 'x')"}`},
		{"indexOf(createArray('FOO', 'BAR'), 'foo')", `-1`},
		{"indexOf(createArray('FOO', 'BAR'), 'BAR')", `1`},
		{"indexOf(createArray('FOO'), 123)", `-1`},
		{"indexOf(createArray('a', @u), 'a')", `0`},
		{"indexOf(createArray(@u, 'a'), 'a')", `{"$unknown":"indexOf(createArray(@u, 'a'), 'a')"}`},
		{"indexOf(concat(createArray('a'), @u), 'a')", `{"$unknown":""}`},
		{"lastIndexOf('abcba', 'B')", `3`},
		{"lastIndexOf(createArray('f', 'b', 'f'), 'f')", `2`},
		{"lastIndexOf(createArray('f', @u), 'f')", `{"$unknown":"lastIndexOf(createArray('f', @u), 'f')"}`},
	})
}

func TestTryGet(t *testing.T) {
	run(t, []row{
		{"tryGet(createObject('Foo', 1), 'foo')", `1`},
		{"tryGet(createObject(), 'b', 'c', 'd')", `null`},
		{"tryGet(null(), 'b')", `null`},
		{"tryGet(createObject('a', createArray(createObject('b', 7))), 'a', 0, 'b')", `7`},
		{"tryGet(createArray(1), 10)", `null`},
		{"tryGet(createArray(1, 2), createObject('value', 1, 'fromEnd', true()))", `2`},
		{"tryGet(createArray(1, 2), createObject('value', 3, 'fromEnd', true()))", `null`},
		{"tryGet(createArray(1, 2), createObject('value', 0, 'fromEnd', false()))", `1`},
		{"tryGet(@u, 'a', 'b')", `{"$unknown":"@u.a.b"}`},
		{"tryGet(@u, 0)", `{"$unknown":"@u[0]"}`},
		{"tryGet(createObject('a', 1), @u)", `{"$unknown":"tryGet(createObject('a', 1), @u)"}`},
		{"tryGet(createObject(), @u)", `null`},
		{"tryGet(createObject('reader', 1), concat('/subscriptions/', @u))", `null`},
		{"tryGet(createObject('READER', 1), concat('read', @u))", `{"$unknown":"tryGet(createObject('READER', 1), format('read{0}', @u))"}`},
		{"tryGet(union(@o, createObject('a', 1)), concat('b', @u))", `{"$unknown":""}`},
		{"contains(createObject('reader', 1), concat('/', @u))", `false`},
		{"contains(createObject('reader', 1), concat('r', @u))", `{"$unknown":"contains(createObject('reader', 1), format('r{0}', @u))"}`},
		{"tryGet(if(@u, createObject('a', 1), createObject()), 'a')", `{"$oneOf":[1,null]}`},
		{"tryGet(if(@u, createObject('a', 1), null()), 'a')", `{"$oneOf":[1,null]}`},
		{"tryGet(concat(createArray(1), @u), 0)", `{"$unknown":""}`},
		{"tryGet('text', 'a')", `{"$unknown":"tryGet('text', 'a')"}`},
		{"coalesce(tryGet(@u, 'a'), 'Disabled')", `{"$oneOf":[{"$unknown":"@u.a"},"Disabled"]}`},
		{"coalesce(tryGet(createObject(), 'a'), 'Disabled')", `"Disabled"`},
	})
}

func TestFlatten(t *testing.T) {
	run(t, []row{
		{"flatten(createArray(createArray(0, 1), createArray(createArray(2))))", `[0,1,[2]]`},
		{"flatten(createArray())", `[]`},
		{"flatten(createArray(createArray(1), @u))", `[1,{"$more":true}]`},
		{"flatten(createArray(createArray(1), if(@u, createArray(2), createArray())))", `{"$oneOf":[[1,2],[1]]}`},
		{"flatten(concat(createArray(createArray(1)), @u))", `[1,{"$more":true}]`},
		{"flatten(@u)", `{"$unknown":"flatten(@u)"}`},
		{"flatten(createArray(1))", `{"$unknown":"flatten(createArray(1))"}`},
	})
}

func TestRangeAndExtremes(t *testing.T) {
	run(t, []row{
		{"range(0, 3)", `[0,1,2]`},
		{"range(-1, 2)", `[-1,0]`},
		{"range(5, 0)", `[]`},
		{"range(0, -1)", `{"$unknown":"range(0, -1)"}`},
		{"range(0, 10001)", `{"$unknown":"range(0, 10001)"}`},
		{"range(2147483640, 10)", `{"$unknown":"range(2147483640, 10)"}`},
		{"range(0, @u)", `{"$unknown":"range(0, @u)"}`},
		{"min(10, 4, 1, 6)", `1`},
		{"max(createArray(10, 4))", `10`},
		{"max(1)", `1`},
		{"max(createArray())", `{"$unknown":"max(createArray())"}`},
		{"max('a', 'b')", `{"$unknown":"max('a', 'b')"}`},
		{"min(1, @u)", `{"$unknown":"min(1, @u)"}`},
		{"min(1, if(@u, 0, 2))", `{"$oneOf":[0,1]}`},
	})
}

func TestSets(t *testing.T) {
	run(t, []row{
		{"union(createArray('a', 'b'), createArray('b', 'c'))", `["a","b","c"]`},
		{"union(createArray(createObject('a', 1)), createArray(createObject('A', 1), createObject('a', 2)))", `[{"a":1},{"a":2}]`},
		{"union(createArray(@u), createArray(@u))", `[{"$unknown":"@u"}]`},
		{"union(createArray('a'), createArray(@u))", `["a",{"$unknown":"@u"},{"$more":true}]`},
		{"union(createArray('a'), @u)", `["a",{"$more":true}]`},
		{"union(@u, @v)", `{"$unknown":"union(@u, @v)"}`},
		{"union(createArray(1), if(@u, createArray(2), createArray()))", `{"$oneOf":[[1,2],[1]]}`},
		{"distinct(createArray(1, '1', 1, null(), null()))", `[1,"1",null]`},
		{"distinct(@u)", `{"$unknown":"distinct(@u)"}`},
		{"intersection(createArray(1, 2, 3), createArray(2, 3, 4))", `[2,3]`},
		{"intersection(createArray(1, 2, @u), createArray(2))", `[2,{"$more":true}]`},
		{"intersection(createArray(1, 2), concat(createArray(2), @u))", `[2,{"$more":true}]`},
		{"intersection(createArray(1), @u)", `{"$unknown":"intersection(createArray(1), @u)"}`},
		{"intersection(createArray(1), createObject())", `{"$unknown":"intersection(createArray(1), createObject())"}`},
		{"intersection(createObject('a', 1, 'b', 2), createObject('B', 2, 'a', 3))", `{"b":2}`},
		{"intersection(createObject('a', 1), createObject('a', @u))", `{"a":{"$oneOf":[1,{"$absent":true}]}}`},
		{"intersection(createObject('a', 1), union(@u, createObject('b', 1)))", `{"a":{"$oneOf":[1,{"$absent":true}]}}`},
	})
}
