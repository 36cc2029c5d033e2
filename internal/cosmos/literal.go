package cosmos

import (
	"bytes"
	"regexp"
	"slices"
	"strings"

	"github.com/cosmoslint/cosmoslint/internal/source"
)

// Literal is a secret of Cosmos DB that is written out in a text.
type Literal struct {
	Kind string // AccountKey, ConnectionString, …
	Name string // what it is called there: a parameter, a setting; "" when that cannot be told
	// Within is what that is in, if it has a name: an object, a block.
	Within string
	Span   source.Span
}

// The kinds of literals, for people.
const (
	AccountKey       = "account key"
	ConnectionString = "connection string"              // with an account's key
	ClusterString    = "connection string of a cluster" // with a password
	Token            = "token"
)

// Literals finds the secrets in a file, whatever its language, in their order: keys of accounts by their shape and by what
// stands around them, connection strings with a password, and resource tokens. The key of the emulator is none: it is the
// same for everybody and published (https://learn.microsoft.com/azure/cosmos-db/emulator#authentication).
func Literals(f *source.File) []Literal {
	var found []Literal
	for _, at := range keysIn(f.Data) {
		if kind := judgeKey(f.Data, at); kind != "" {
			found = append(found, Literal{Kind: kind, Span: f.At(at.start, at.end-at.start)})
		}
	}
	for _, form := range []struct {
		word, mark, kind string // the word before the mark spares nearly all files the expression
		form             *regexp.Regexp
	}{
		{"mongodb", "", ConnectionString, mongoURI}, {"mongocluster", "", ClusterString, clusterURI}, {"postgres", "", ClusterString, clusterURI},
		{"postgres", "", ClusterString, clusterSettings}, {"sig", "=", Token, resourceToken}, {"sig", "%3", Token, resourceToken},
	} {
		if !contains(f.Data, form.word, form.mark) {
			continue
		}
		for _, m := range form.form.FindAllSubmatchIndex(f.Data, -1) {
			span := f.At(m[2], m[3]-m[2])
			if !isPlaceholder(span.Text()) && !slices.ContainsFunc(found, func(l Literal) bool { return l.Span.Start < span.End && span.Start < l.Span.End }) {
				found = append(found, Literal{Kind: form.kind, Span: span})
			}
		}
	}
	slices.SortFunc(found, func(a, b Literal) int { return source.Compare(a.Span, b.Span) })
	for i := range found {
		found[i].Name, found[i].Within = nameOf(f.Data, found[i].Span.Start)
	}
	return found
}

// contains reports whether word and then mark stand in text. Marks are rare, and quicker to find than words.
func contains(text []byte, word, mark string) bool {
	if mark == "" {
		return bytes.Contains(text, []byte(word))
	}
	for from := 0; ; {
		i := bytes.Index(text[from:], []byte(mark))
		if i < 0 {
			return false
		}
		if bytes.HasSuffix(text[:from+i], []byte(word)) {
			return true
		}
		from += i + len(mark)
	}
}

// Connection strings of an account that speaks MongoDB's protocol, and of clusters, as URIs and as settings, each with what
// stands for the key or password (https://learn.microsoft.com/azure/cosmos-db/postgresql/howto-connect).
var (
	mongoURI        = regexp.MustCompile(`mongodb://[^:@/\s"'<>{}$]+:([^@/\s"'<>{}$\[\](),]{8,})@[\w.-]+\.mongo\.cosmos\.azure\.(?:com|us|cn)`)
	clusterURI      = regexp.MustCompile(`(?:mongodb(?:\+srv)?|postgres(?:ql)?)://[^:@/\s"'<>{}$]+:([^@/\s"'<>{}$\[\](),]{8,})@[\w.-]+\.(?:mongocluster|postgres)\.cosmos\.azure\.(?:com|us|cn)`)
	clusterSettings = regexp.MustCompile(`\.postgres\.cosmos\.azure\.(?:com|us|cn)[^"'\r\n]{0,200}?(?i:\bpassword=)([^@/\s"'<>{}$\[\](),;&]{8,})`)
)

// resourceToken is the form of a token that the service gives out for a user's permission, and of one that is signed with
// a key (https://learn.microsoft.com/rest/api/cosmos-db/access-control-on-cosmosdb-resources).
var resourceToken = regexp.MustCompile(`(?i)\btype(?:=|%3d)(?:resource|master|sas)(?:&|%26|\\u0026)ver(?:=|%3d)[0-9.]+(?:&|%26|\\u0026)sig(?:=|%3d)([A-Za-z0-9+/%=_-]{24,})`)

// placeholderWords are passwords that stand for one.
var placeholderWords = []string{"password", "passwort", "changeme", "replaceme", "yourpassword", "your-password", "your_password", "primarykey", "accountkey"}

func isPlaceholder(s string) bool {
	return slices.Contains(placeholderWords, strings.ToLower(s)) || variety(s) < 4 ||
		strings.Contains(s, "%s") || strings.Contains(s, "__") || strings.Contains(s, "#")
}

// variety counts how many different bytes are in s.
func variety(s string) int {
	var seen [256]bool
	n := 0
	for i := range len(s) {
		if !seen[s[i]] {
			seen[s[i]] = true
			n++
		}
	}
	return n
}

// nearby is how far from a key something may stand that tells what it is the key of: Microsoft's own definition of this
// type of sensitive information looks at 300 characters
// (https://learn.microsoft.com/purview/sit-defn-azure-document-db-auth-key).
const nearby = 300

// What tells that a key of this shape is one of Cosmos DB, or of another service: keys of storage and batch accounts, and
// SHA-512 digests, look the same.
var (
	ofCosmos = []string{
		"documents.azure.", ".cosmos.azure.", "cosmos", "documentdb", "docdb", "masterkey", "accountendpoint", "documentendpoint",
	}
	ofOthers = []string{
		"endpointsuffix", "blob.core", "sharedaccesskey", "sha512", "integrity", "storage", "batch", "queueendpoint", "fileendpoint",
	}
	// secretNames are other secrets of 64 bytes: what "openssl rand -base64 64" makes has the same shape.
	secretNames = []string{"jwt", "signing", "hmac", "cookie", "session_", "sessionsecret", "nextauth", "encryption"}
)

// emulatorKey is published.
const emulatorKey = "C2y6yDjf5/R+ob0N8A7Cgv30VRDJIWEHLM+4QDU5DE2nQ9nDuVTqobD4b8mGGyPMbIZnqyMsEcaGQy67XIw/Jw"

// judgeKey tells what is at a place that has the shape of a key; "" when it is none of Cosmos DB, or nothing says so.
func judgeKey(text []byte, at keyPlace) string {
	literal := strings.ToLower(string(literalAround(text, at)))
	kind := AccountKey
	if mentions(literal, []string{"accountkey=", "accountkey%3d", "://"}) {
		kind = ConnectionString
	}
	switch {
	case at.key == emulatorKey, variety(at.key) < 20, at.key[:43] == at.key[43:]:
		return ""
	// The signature of a key that the service made since 2022 (AzureCosmosDBIdentifiableKey in
	// https://github.com/microsoft/security-utilities): ACDb before the last six characters. Storage has +ASt, Batch +ABa,
	// Machine Learning +AMC there.
	case at.key[76:80] == "ACDb":
		return kind
	case slices.Contains([]string{"+ASt", "+ABa", "+AMC"}, at.key[76:80]):
		return ""
	}
	around := surroundings(text, at.start, at.end)
	if mentions(around.member, secretNames) {
		return ""
	}
	for _, context := range []string{literal, around.member, around.object, around.header, around.near, around.whole} {
		switch cosmos, other := mentions(context, ofCosmos), mentions(context, ofOthers); {
		case cosmos && !other:
			return kind
		case other:
			return ""
		}
	}
	return ""
}

func mentions(context string, words []string) bool {
	return slices.ContainsFunc(words, func(w string) bool { return strings.Contains(context, w) })
}

// literalAround is the string that a key stands in, as far as its line goes, without the key.
func literalAround(text []byte, at keyPlace) []byte {
	start, end := at.start, at.end
	for start > 0 && at.start-start < nearby && !bytes.ContainsRune([]byte("\"'`\n"), rune(text[start-1])) {
		start--
	}
	for end < len(text) && end-at.end < nearby && !bytes.ContainsRune([]byte("\"'`\n"), rune(text[end])) {
		end++
	}
	return append(slices.Clone(text[start:at.start]), text[at.end:end]...)
}

// place is what stands around an offset, in lower case: from what is next to it outwards.
type place struct {
	member string // what is before it on its line, from the last comma or bracket on
	object string // what is on its line, within the innermost brackets
	header string // what the innermost brackets with a name are called: the text of their line
	near   string // its line, if that is short, and two lines before that
	whole  string // all of the brackets where it is called no more than value or default, all of a heredoc
}

// maxAround is how far back the bracket around a key is looked for.
const maxAround = 4096

func surroundings(text []byte, offset, end int) place {
	from := max(0, offset-nearby)
	from += bytes.LastIndexByte(text[from:offset], '\n') + 1
	b := enclosing(text, offset)
	p := place{header: strings.ToLower(b.header), near: strings.ToLower(before(text, offset))}
	p.object = strings.ToLower(string(text[max(from, b.start):offset]))
	p.member = p.object[strings.LastIndexAny(p.object, ",{[")+1:]
	rest := text[end:min(len(text), end+nearby)]
	if i := bytes.IndexAny(rest, "\n]}"); i >= 0 {
		rest = rest[:i]
	}
	p.object += strings.ToLower(string(rest))
	if m := memberName.FindStringSubmatch(p.member); m != nil && slices.Contains(anonymous, m[1]) {
		p.whole = strings.ToLower(string(text[b.named:offset]))
	} else if start := heredoc(text, offset); start > 0 {
		p.whole = strings.ToLower(string(text[max(start, offset-nearby):offset]))
	}
	return p
}

// bracket is what is around an offset.
type bracket struct {
	start  int    // offset after the innermost bracket
	named  int    // offset after the innermost bracket with a name of its own
	header string // what stands before that on its line
}

// enclosing walks back to the bracket that something stands in. Strings are not told apart: brackets in them come in pairs.
func enclosing(text []byte, offset int) bracket {
	b := bracket{named: offset}
	low := max(0, offset-maxAround)
	for i, depth := offset-1, 0; i >= low; i-- {
		switch text[i] {
		case '}', ']':
			depth++
		case '{', '[':
			if depth--; depth >= 0 {
				continue
			}
			depth = 0
			if b.start == 0 {
				b.start = i + 1
			}
			header := headerBefore(text, max(low, i-nearby), i)
			if words := wordsIn.FindAllString(header, -1); len(words) > 0 && !slices.Contains(anonymous, strings.ToLower(words[len(words)-1])) {
				b.named, b.header = i+1, header
				return b
			}
		}
	}
	return b
}

// wordsIn are the names in a header: "resource", "azurerm_cosmosdb_account" and "main" in that of a block.
var wordsIn = regexp.MustCompile(`[\w.-]+`)

// headerBefore is the text before a bracket on its line, from the bracket or comma before that on.
func headerBefore(text []byte, low, at int) string {
	return string(text[bytes.LastIndexAny(text[low:at], "\n,{}[];")+1+low : at])
}

var heredocStart = regexp.MustCompile(`<<-?([A-Za-z_]\w*)[ \t]*\r?\n`)

// heredoc is the offset at which the heredoc begins that something stands in; 0 for none.
func heredoc(text []byte, offset int) int {
	low := max(0, offset-maxAround)
	i := bytes.LastIndex(text[low:offset], []byte("<<"))
	if i < 0 {
		return 0
	}
	m := heredocStart.FindSubmatchIndex(text[low+i : offset])
	if m == nil || m[0] > 0 {
		return 0
	}
	start, word := low+i+m[1], text[low+i+m[2]:low+i+m[3]]
	for l := range bytes.Lines(text[start:offset]) {
		if bytes.Equal(bytes.TrimSpace(l), word) {
			return 0
		}
	}
	return start
}

// shortLine is more than somebody writes before a key on one line. A longer one holds much that has nothing to do with it.
const shortLine = 120

// before is what stands before an offset on its line and on the two lines before that.
func before(text []byte, offset int) string {
	lines := strings.SplitAfter(string(text[max(0, offset-nearby):offset]), "\n")
	if last := len(lines) - 1; len(lines[last]) > shortLine {
		lines = lines[:last]
	}
	return strings.Join(lines[max(0, len(lines)-3):], "")
}

// names of members that hold the value of something which has its name elsewhere.
var anonymous = []string{"value", "defaultvalue", "default", "securevalue", "secretvalue", "values", "keys", "secrets"}

var (
	memberName = regexp.MustCompile(`["']?([\w.:-]+)["']?(?:\s+(?:string|object))?\s*[:=]\s*["'\[]?[^"']*$`)
	givenName  = regexp.MustCompile(`(?i)["']?\bname["']?\s*[:=]\s*["']([^"']+)["'][^{}]*$`)
)

// nameOf is what the value at an offset is called, the member or variable on its line, or what the object around it is; and
// what that is in.
func nameOf(text []byte, offset int) (name, within string) {
	b := enclosing(text, offset)
	if words := wordsIn.FindAllString(b.header, -1); len(words) > 0 {
		within = words[len(words)-1]
	}
	window := string(text[max(0, offset-nearby):offset])
	m := memberName.FindStringSubmatch(window[strings.LastIndexByte(window, '\n')+1:])
	if m != nil && !slices.Contains(anonymous, strings.ToLower(m[1])) {
		return m[1], within
	}
	if m := givenName.FindSubmatch(text[max(b.start, offset-nearby):offset]); m != nil {
		return string(m[1]), within
	}
	return within, ""
}
