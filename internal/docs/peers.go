package docs

import (
	"fmt"
	"slices"
	"strings"

	"github.com/cosmoslint/cosmoslint/internal/rule"
	"github.com/cosmoslint/cosmoslint/rules"
)

const peersIntro = `# Rules and peers

Which of our rules asks what which check of another tool asks, by id. A check stands beside a rule when both are about the same
thing; that does not mean that they give the same answer: [peers.md](peers.md) has the cases in which they do not, each with its
test. Behind an id stand the languages that the tool reads for that check: **A**RM templates, **B**icep, **T**erraform, or what
is **d**eployed. A rule of ours reads all three languages, as far as its subject can be written in them: azurerm, azapi and plans
in Terraform.

The checks of other tools about networks, gateways and identities speak of every network and program; ours of those that are
tied to Cosmos DB. There are more such checks than are listed here. Of policies that come once for each destination of logs, and
once for each kind of cluster, one is listed. Of tools that look at deployed accounts alone Azure Policy and Prowler are; CloudSploit,
monkey365, Cloud Custodian and AzSK, which is retired, are not. Nor are scanners for secrets, which know the shape of an account's
key as CDB301 does (SEC101/104 of microsoft/security-utilities), and the linter of Bicep, whose outputs-should-not-contain-secrets
asks of all secrets what CDB302 asks of keys.

`

// peersPage is docs/rules-and-peers.md.
func peersPage(all []*rule.Rule) string {
	var b strings.Builder
	b.WriteString(generated + peersIntro)
	b.WriteString(peersCount(all))
	b.WriteString("\n## By rule\n\n| Rule | " + strings.Join(rules.PeerTools, " | ") + " |\n")
	b.WriteString("|---" + strings.Repeat("|---", len(rules.PeerTools)) + "|\n")
	for _, r := range all {
		fmt.Fprintf(&b, "| [%s](rules/%s.md) %s |", r.ID, r.ID, r.Name)
		for _, tool := range rules.PeerTools {
			b.WriteString(" " + peerCell(rules.PeersOf(r, tool)) + " |")
		}
		b.WriteString("\n")
	}
	b.WriteString("\n## By tool\n")
	for _, tool := range rules.PeerTools {
		b.WriteString("\n### " + tool + "\n\n| Check | Reads | Asks | Rules |\n|---|---|---|---|\n")
		for _, p := range peerChecks(all, tool) {
			fmt.Fprintf(&b, "| `%s` | %s | %s | %s |\n", p.ID, p.Reads, p.Asks, peerRules(all, p))
		}
	}
	return b.String()
}

// peersCount says how many rules have a counterpart at each tool, and how many at none.
func peersCount(all []*rule.Rule) string {
	alone := 0
	counts := map[string]int{}
	for _, r := range all {
		some := false
		for _, tool := range rules.PeerTools {
			if len(rules.PeersOf(r, tool)) > 0 {
				counts[tool]++
				some = true
			}
		}
		if !some {
			alone++
		}
	}
	var parts []string
	for _, tool := range rules.PeerTools {
		parts = append(parts, fmt.Sprintf("%s %d", tool, counts[tool]))
	}
	return fmt.Sprintf("Of %d rules %d have no counterpart in these tools. With one or more: %s.\n", len(all), alone, strings.Join(parts, ", "))
}

func peerCell(peers []rules.Peer) string {
	var ids []string
	for _, p := range peers {
		ids = append(ids, fmt.Sprintf("`%s` %s", p.ID, letters(p.Reads)))
	}
	return strings.Join(ids, "<br>")
}

// letters are the first letters of languages: "A B T".
func letters(reads string) string {
	var out []string
	for _, word := range strings.Split(reads, ", ") {
		out = append(out, word[:1])
	}
	return strings.Join(out, " ")
}

// peerChecks are the checks of a tool, with the policies that only rules name; what those ask, the rules say.
func peerChecks(all []*rule.Rule, tool string) []rules.Peer {
	var out []rules.Peer
	for _, r := range all {
		for _, p := range rules.PeersOf(r, tool) {
			i := slices.IndexFunc(out, func(o rules.Peer) bool { return o.ID == p.ID })
			switch {
			case i < 0:
				out = append(out, p)
			case !slices.Contains(strings.Fields(out[i].Rules), r.ID):
				out[i].Rules += " " + r.ID
			}
		}
	}
	for _, p := range rules.Peers {
		if p.Tool == tool && !slices.ContainsFunc(out, func(o rules.Peer) bool { return o.ID == p.ID }) {
			out = append(out, p)
		}
	}
	return out
}

// peerRules links the rules of ours that a check is about.
func peerRules(all []*rule.Rule, p rules.Peer) string {
	var links []string
	for _, id := range strings.Fields(p.Rules) {
		if slices.ContainsFunc(all, func(r *rule.Rule) bool { return r.ID == id }) {
			links = append(links, fmt.Sprintf("[%s](rules/%s.md)", id, id))
		}
	}
	return strings.Join(links, ", ")
}
