package terraform

// builtins are the functions written here: those that keep what is known of partly known arguments, and those that cty's
// library does not have.
var builtins map[string]builtin

func init() { // a map literal would refer to itself: templatefile evaluates calls
	builtins = map[string]builtin{
		"concat": fnConcat, "flatten": fnFlatten, "setunion": fnSetUnion, "setintersection": fnSetIntersection,
		"setsubtract": fnSetSubtract, "toset": fnToSet, "tolist": fnToList, "tomap": fnToMap, "distinct": fnDistinct,
		"compact": fnCompact, "contains": fnContains, "length": fnLength, "element": fnElementAt, "one": fnOne, "coalesce": fnCoalesce,
		"coalescelist": fnCoalesceList, "alltrue": fnAllTrue, "anytrue": fnAnyTrue, "index": fnIndexIn, "sum": fnSum,
		"matchkeys": fnMatchKeys, "list": fnList,
		"merge": fnMerge, "keys": fnKeys, "values": fnValues, "lookup": fnLookup, "zipmap": fnZipMap, "transpose": fnTranspose, "map": fnMapOf,
		"join": fnJoin, "split": fnSplit, "replace": fnReplace, "startswith": fnStartsWith, "endswith": fnEndsWith,
		"strcontains": fnStrContains, "lower": fnLower, "upper": fnUpper, "format": fnFormat, "trimspace": fnTrimSpace,
		"trimprefix": fnTrimPrefix, "trimsuffix": fnTrimSuffix, "chomp": fnChomp, "tostring": fnToString,
		"sensitive": fnSensitive, "ephemeralasnull": fnEphemeralAsNull, "nonsensitive": fnNonsensitive, "issensitive": fnIsSensitive,
		"jsonencode": fnJsonEncode, "jsondecode": fnJsonDecode, "yamldecode": fnYamlDecode,
		"file": fnReadText, "filebase64": fnReadBase64, "fileexists": fnFileExists, "fileset": fnFileSet, "templatefile": fnTemplateFile,
		"templatestring": fnTemplateString, "abspath": fnAbsPath, "pathexpand": fnAbsPath, "basename": fnBaseName, "dirname": fnDirName,
		"filemd5": fnFileHash("md5"), "filesha1": fnFileHash("sha1"), "filesha256": fnFileHash("sha256"), "filesha512": fnFileHash("sha512"),
		"filebase64sha256": fnFileHash("base64sha256"), "filebase64sha512": fnFileHash("base64sha512"),
		"md5": fnHashed("md5"), "sha1": fnHashed("sha1"), "sha256": fnHashed("sha256"), "sha512": fnHashed("sha512"),
		"base64sha256": fnHashed("base64sha256"), "base64sha512": fnHashed("base64sha512"), "uuidv5": fnUuidV5,
		"base64encode": fnBase64Encode, "base64decode": fnBase64Decode, "base64gzip": fnBase64Gzip, "base64gunzip": fnBase64Gunzip,
		"urlencode": fnUrlEncode, "urldecode": fnUrlDecode, "textencodebase64": fnTextEncode, "textdecodebase64": fnTextDecode,
		"cidrhost": fnCidrHost, "cidrnetmask": fnCidrNetmask, "cidrsubnet": fnCidrSubnet, "cidrsubnets": fnCidrSubnets,
		"cidrcontains": fnCidrContains, "timecmp": fnTimeCompare,
	}
}
