package expr

import "testing"

func TestNumbers(t *testing.T) {
	run(t, []row{
		{"add(123, 456)", `579`},
		{"add(9223372036854775807, 1)", `{"$unknown":"add(9223372036854775807, 1)"}`},
		{"add(-9223372036854775808, -1)", `{"$unknown":"add(-9223372036854775808, -1)"}`},
		{"add(1, @u)", `{"$unknown":"add(1, @u)"}`},
		{"add('1', 1)", `{"$unknown":"add('1', 1)"}`},
		{"sub(123, 456)", `-333`},
		{"sub(-9223372036854775808, 1)", `{"$unknown":"sub(-9223372036854775808, 1)"}`},
		{"sub(0, -9223372036854775808)", `{"$unknown":"sub(0, -9223372036854775808)"}`},
		{"sub(@u, 1)", `{"$unknown":"sub(@u, 1)"}`},
		{"mul(-4, 5)", `-20`},
		{"mul(4611686018427387904, -2)", `-9223372036854775808`},
		{"mul(4611686018427387904, 2)", `{"$unknown":"mul(4611686018427387904, 2)"}`},
		{"mul(0, @u)", `{"$unknown":"mul(0, @u)"}`},
		{"div(-7, 2)", `-3`},
		{"div(1, 0)", `{"$unknown":"div(1, 0)"}`},
		{"div(-9223372036854775808, -1)", `{"$unknown":"div(-9223372036854775808, -1)"}`},
		{"div(@u, 2)", `{"$unknown":"div(@u, 2)"}`},
		{"mod(-7, 2)", `-1`},
		{"mod(-9223372036854775808, -1)", `0`},
		{"mod(1, 0)", `{"$unknown":"mod(1, 0)"}`},
		{"mod(@u, 2)", `{"$unknown":"mod(@u, 2)"}`},
		{"int(' -12 ')", `-12`},
		{"int(7)", `7`},
		{"int('1.5')", `{"$unknown":"int('1.5')"}`},
		{"int(@u)", `{"$unknown":"int(@u)"}`},
		{"float('3.5')", `3.5`},
		{"float(3)", `3`},
		{"float('x')", `{"$unknown":"float('x')"}`},
		{"float('Infinity')", `{"$unknown":"float('Infinity')"}`},
		{"float(@u)", `{"$unknown":"float(@u)"}`},
		{"if(false(), fail('x'), 'ok')", `"ok"`},
		{"if(@u, fail('x'), 'ok')", `{"$oneOf":[{"$unknown":"fail('x')"},"ok"]}`},
	})
}

func TestCidr(t *testing.T) {
	run(t, []row{
		{"parseCidr('10.144.0.0/20')",
			`{"network":"10.144.0.0","netmask":"255.255.240.0","broadcast":"10.144.15.255","firstUsable":"10.144.0.1","lastUsable":"10.144.15.254","cidr":20}`},
		{"parseCidr('fdad:3236:5555::/48')",
			`{"network":"fdad:3236:5555::","netmask":"ffff:ffff:ffff::","firstUsable":"fdad:3236:5555::","lastUsable":"fdad:3236:5555:ffff:ffff:ffff:ffff:ffff","cidr":48}`},
		{"parseCidr('10.0.0.1/32').firstUsable", `{"$unknown":"parseCidr('10.0.0.1/32').firstUsable"}`},
		{"parseCidr('0.0.0.0/0').broadcast", `"255.255.255.255"`},
		{"parseCidr('10.0.0.300/8')", `{"$unknown":"parseCidr('10.0.0.300/8')"}`},
		{"parseCidr(@u)", `{"$unknown":"parseCidr(@u)"}`},
		{"cidrSubnet('10.144.0.0/20', 24, 4)", `"10.144.4.0/24"`},
		{"cidrSubnet('fdad:3236:5555::/48', 52, 3)", `"fdad:3236:5555:3000::/52"`},
		{"cidrSubnet('10.144.0.0/20', 24, 16)", `{"$unknown":"cidrSubnet('10.144.0.0/20', 24, 16)"}`},
		{"cidrSubnet('10.144.0.0/20', 19, 0)", `{"$unknown":"cidrSubnet('10.144.0.0/20', 19, 0)"}`},
		{"cidrSubnet('10.144.0.0/20', 24, @u)", `{"$unknown":"cidrSubnet('10.144.0.0/20', 24, @u)"}`},
		{"cidrHost('10.144.3.0/24', 0)", `"10.144.3.1"`},
		{"cidrHost('10.144.3.0/24', 254)", `{"$unknown":"cidrHost('10.144.3.0/24', 254)"}`},
		{"cidrHost('fdad:3236:5555:3000::/52', 4)", `"fdad:3236:5555:3000::5"`},
		{"cidrHost('255.255.255.255/32', 0)", `{"$unknown":"cidrHost('255.255.255.255/32', 0)"}`},
		{"cidrHost(@u, 0)", `{"$unknown":"cidrHost(@u, 0)"}`},
	})
}

func TestDates(t *testing.T) {
	run(t, []row{
		{"dateTimeFromEpoch(1680224438)", `"2023-03-31T01:00:38Z"`},
		{"dateTimeFromEpoch(253402300800)", `{"$unknown":"dateTimeFromEpoch(253402300800)"}`},
		{"dateTimeFromEpoch(@u)", `{"$unknown":"dateTimeFromEpoch(@u)"}`},
		{"dateTimeToEpoch('2023-03-31T01:00:38Z')", `1680224438`},
		{"dateTimeToEpoch('soon')", `{"$unknown":"dateTimeToEpoch('soon')"}`},
		{"dateTimeToEpoch(@u)", `{"$unknown":"dateTimeToEpoch(@u)"}`},
		{"dateTimeAdd('2023-03-31T01:00:38Z', 'P1D')", `"2023-04-01T01:00:38Z"`},
		{"dateTimeAdd('2020-04-07 14:53:14Z', 'P3Y')", `"4/7/2023 2:53:14 PM"`},
		{"dateTimeAdd('2020-04-07 14:53:14Z', '-P9D')", `"3/29/2020 2:53:14 PM"`},
		{"dateTimeAdd('2020-04-07 14:53:14Z', 'PT1H')", `"4/7/2020 3:53:14 PM"`},
		{"dateTimeAdd('2020-01-31T00:00:00Z', 'P1M')", `{"$unknown":"dateTimeAdd('2020-01-31T00:00:00Z', 'P1M')"}`},
		{"dateTimeAdd('2023-03-31T01:00:38Z', 'PT90M', 'yyyy-MM-dd HH:mm')", `"2023-03-31 02:30"`},
		{"dateTimeAdd('20230331T010038Z', 'P1D', 'u')", `"2023-04-01 01:00:38Z"`},
		{"dateTimeAdd('20230331T010038Z', 'P1D')", `{"$unknown":"dateTimeAdd('20230331T010038Z', 'P1D')"}`},
		{"dateTimeAdd('2023-03-31T01:00:38Z', 'P')", `{"$unknown":"dateTimeAdd('2023-03-31T01:00:38Z', 'P')"}`},
		{"dateTimeAdd('2023-03-31T01:00:38Z', 'P1D', 'D')", `{"$unknown":"dateTimeAdd('2023-03-31T01:00:38Z', 'P1D', 'D')"}`},
		{"dateTimeAdd(@u, 'P1D')", `{"$unknown":"dateTimeAdd(@u, 'P1D')"}`},
	})
}
