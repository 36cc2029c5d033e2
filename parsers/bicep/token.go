package bicep

// kind is what a token is.
type kind uint8

const (
	// tNone is no token: it is what the parser sees after a failure, so that every production ends at it.
	tNone kind = iota
	tEOF
	tNewline // one or more line ends with the blanks, comments and directives between them
	tHoleEnd // a line end inside a hole of a string, where none may be
	tInvalid // a character that begins no token
	tIdent
	tTrue
	tFalse
	tNull
	tInt
	tString // only the opening quotes: the parser asks for the text, piece by piece
	tLBrace
	tRBrace
	tLParen
	tRParen
	tLSquare
	tRSquare
	tAt
	tComma
	tDot
	tEllipsis
	tQuestion
	tColon
	tDoubleColon
	tSemicolon
	tAssign
	tArrow
	tBang
	tHat
	tPipe
	tCoalesce
	tOr
	tAnd
	tEq
	tEqFold
	tNe
	tNeFold
	tLt
	tLe
	tGt
	tGe
	tPlus
	tMinus
	tStar
	tSlash
	tPercent
	kinds
)

// token is a piece of the source between two byte offsets.
type token struct {
	kind       kind
	split      bool // tNewline: something stands between its line ends
	start, end int32
}

// kindText is the spelling of the tokens that have just one.
var kindText = [kinds]string{
	tTrue: "true", tFalse: "false", tNull: "null",
	tLBrace: "{", tRBrace: "}", tLParen: "(", tRParen: ")", tLSquare: "[", tRSquare: "]",
	tAt: "@", tComma: ",", tDot: ".", tEllipsis: "...", tQuestion: "?", tColon: ":", tDoubleColon: "::",
	tSemicolon: ";", tAssign: "=", tArrow: "=>", tBang: "!", tHat: "^", tPipe: "|", tCoalesce: "??",
	tOr: "||", tAnd: "&&", tEq: "==", tEqFold: "=~", tNe: "!=", tNeFold: "!~",
	tLt: "<", tLe: "<=", tGt: ">", tGe: ">=", tPlus: "+", tMinus: "-", tStar: "*", tSlash: "/", tPercent: "%",
}

// precedence of the binary operators: higher binds tighter, zero is no operator. All associate to the left.
var precedence = [kinds]uint8{
	tCoalesce: 1,
	tOr:       2,
	tAnd:      3,
	tEq:       4, tEqFold: 4, tNe: 4, tNeFold: 4,
	tLt: 5, tLe: 5, tGt: 5, tGe: 5,
	tPlus: 6, tMinus: 6,
	tStar: 7, tSlash: 7, tPercent: 7,
}

// nesting is how a token changes the number of open brackets.
var nesting = [kinds]int8{
	tLBrace: 1, tRBrace: -1, tLParen: 1, tRParen: -1, tLSquare: 1, tRSquare: -1,
}

// punctuation has the tokens of one character that are not the beginning of a longer one.
var punctuation = [256]kind{
	'{': tLBrace, '}': tRBrace, '(': tLParen, ')': tRParen, '[': tLSquare, ']': tRSquare,
	'@': tAt, ',': tComma, ';': tSemicolon, '+': tPlus, '-': tMinus, '*': tStar, '%': tPercent, '^': tHat,
}

// identPart has the bytes of identifiers. Those that begin one are not digits.
var identPart = func() (t [256]bool) {
	for _, c := range "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_" {
		t[c] = true
	}
	return t
}()

func isDigit(c byte) bool      { return '0' <= c && c <= '9' }
func isIdentStart(c byte) bool { return identPart[c] && !isDigit(c) }
func isBlank(c byte) bool      { return c == ' ' || c == '\t' }
func isLineEnd(c byte) bool    { return c == '\n' || c == '\r' }

// isDeclarationWord reports whether a statement of any kind of file may begin with the word.
func isDeclarationWord(word string) bool {
	switch word {
	case "func", "test", "extension", "targetScope", "using", "extends", "extensionConfig":
		return true
	}
	return endsLambda(word)
}

// endsLambda reports whether the word at the beginning of a line keeps a lambda from having its body there.
func endsLambda(word string) bool {
	switch word {
	case "assert", "import", "metadata", "param", "var", "resource", "output", "module", "type":
		return true
	}
	return false
}
