package terraform

import (
	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
)

// maxNesting bounds how deep the syntax tree of one expression may get. hclsyntax parses by recursion, about 2 KB of stack
// for a level, and Go's stack ends at 1 GB beyond recovery.
const maxNesting = 5000

// tooNested returns the offset at which a text nests deeper than maxNesting, -1 when it does not. It never parses: it
// counts what can add a level.
func tooNested(src []byte) int {
	weight := 0
	for _, c := range src {
		switch c {
		case '(', '[', '{', '!', '?', '-', '+', '*', '/', '%', '&', '|', '=', '<', '>':
			weight++
		}
	}
	if weight <= maxNesting {
		return -1
	}
	tokens, _ := hclsyntax.LexConfig(src, "", hcl.InitialPos)
	return deepest(tokens)
}

// level is an open bracket and what was met in it since the last separator.
type level struct {
	braces bool
	weight int
}

// deepest walks over tokens with a stack of brackets. Within one bracket, operators between two separators add a level
// each: a + a + a is a tree of depth three.
func deepest(tokens hclsyntax.Tokens) int {
	stack := []level{{braces: true}}
	total := 0
	for _, t := range tokens {
		top := &stack[len(stack)-1]
		switch t.Type {
		case hclsyntax.TokenOParen, hclsyntax.TokenOBrack, hclsyntax.TokenOBrace, hclsyntax.TokenTemplateInterp,
			hclsyntax.TokenTemplateControl, hclsyntax.TokenOQuote, hclsyntax.TokenOHeredoc:
			top.weight++
			stack = append(stack, level{braces: t.Type == hclsyntax.TokenOBrace})
			total += 2
		case hclsyntax.TokenCParen, hclsyntax.TokenCBrack, hclsyntax.TokenCBrace, hclsyntax.TokenTemplateSeqEnd,
			hclsyntax.TokenCQuote, hclsyntax.TokenCHeredoc:
			if len(stack) > 1 {
				total -= top.weight + 1
				stack = stack[:len(stack)-1]
			}
		case hclsyntax.TokenComma:
			total -= top.weight
			top.weight = 0
		case hclsyntax.TokenNewline:
			if top.braces {
				total -= top.weight
				top.weight = 0
			}
		case hclsyntax.TokenIdent, hclsyntax.TokenStringLit, hclsyntax.TokenQuotedLit, hclsyntax.TokenNumberLit,
			hclsyntax.TokenComment:
		default:
			top.weight++
			total++
		}
		if total > maxNesting {
			return t.Range.Start.Byte
		}
	}
	return -1
}
