package docs

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/cosmoslint/cosmoslint/internal/rule"
	"github.com/cosmoslint/cosmoslint/rules"
)

// TestPeersPage compares docs/rules-and-peers.md with the rules and the table of peers.
func TestPeersPage(t *testing.T) {
	same(t, filepath.Join(root, "docs", "rules-and-peers.md"), peersPage(rules.All))
}

var guid = regexp.MustCompile(`^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$`)

// TestPeers holds the table of peers: known tools and languages, ids in the tool's form, each once, and our own rules.
func TestPeers(t *testing.T) {
	forms := map[string]string{
		"Checkov": `^CKV2?_AZURE_\d+$`, "PSRule": `^Azure(\.\w+){2}$`, "template-analyzer": `^Azure(\.\w+){2}$`, "KICS": guid.String(),
		"Terrascan": `^AC_AZURE_\d{4}$`, "Trivy": `^AZU-\d{4}$`, "Semgrep": `^[a-z-]+$`, "Steampipe": `^[a-z_]+$`,
		"Prowler": `^cosmosdb_account_[a-z_]+$`, "Azure Policy": guid.String(),
	}
	seen := map[string]bool{}
	for _, p := range rules.Peers {
		switch {
		case !slices.Contains(rules.PeerTools, p.Tool):
			t.Errorf("%s is no tool", p.Tool)
		case !regexp.MustCompile(forms[p.Tool]).MatchString(p.ID):
			t.Errorf("%s: %s is not of the form of its ids", p.Tool, p.ID)
		case seen[p.Tool+p.ID]:
			t.Errorf("%s: %s is listed twice", p.Tool, p.ID)
		case p.Asks == "" || p.Rules == "" && !strings.Contains(p.Asks, ":"):
			t.Errorf("%s: %s does not say what it asks, or why we do not", p.Tool, p.ID)
		}
		seen[p.Tool+p.ID] = true
		for _, word := range strings.Split(p.Reads, ", ") {
			if !slices.Contains([]string{"ARM", "Bicep", "Terraform", "deployed"}, word) {
				t.Errorf("%s: %s reads %s", p.Tool, p.ID, word)
			}
		}
		for _, id := range strings.Fields(p.Rules) {
			if !slices.ContainsFunc(rules.All, func(r *rule.Rule) bool { return r.ID == id }) {
				t.Errorf("%s: %s names %s, which is no rule", p.Tool, p.ID, id)
			}
		}
	}
}

// peerFacts is what was read of peers when the table was made; it is not part of this project.
const peerFacts = "../../../shared/reference/peers.md"

// TestPeerFacts finds each id of the table in what was read. Those that the page does not have were read in the tool's own
// repository: what it knows in short is completed there.
func TestPeerFacts(t *testing.T) {
	text, err := os.ReadFile(peerFacts)
	if err != nil {
		t.Skip("the notes on peers are not here")
	}
	for _, p := range rules.Peers {
		if !factual(string(text), p) && !slices.Contains(readElsewhere, p.ID) {
			t.Errorf("%s: %s is in no notes", p.Tool, p.ID)
		}
	}
}

// readElsewhere are ids that the notes do not have: in rules of PSRule 1.47.0, a query of KICS, the steampipe mod, and prowler.
var readElsewhere = []string{
	"Azure.Cosmos.AvailabilityZone", "Azure.Cosmos.MongoAvailabilityZone", "Azure.Cosmos.SLA", "cosmosdb_account_minimum_tls_version", "56dad03e-e94f-4dd6-93a4-c253a03ff7a0", "cosmodb_account_restrict_public_access",
}

// factual reports whether notes name a check: in full, or in one of the short forms that they have for a tool's ids.
func factual(notes string, p rules.Peer) bool {
	end := func(separator string) string {
		return regexp.QuoteMeta(p.ID[strings.LastIndex(p.ID, separator)+len(separator):])
	}
	short := regexp.QuoteMeta(p.ID)
	switch p.Tool {
	case "Checkov": // CKV_AZURE_216 (A T), 219
		short = `CKV2?_AZURE_[\w, ()]*\b` + end("_") + `\b`
	case "Trivy": // AZU-0047/0048
		short = `AZU-[\d/ ]*\b` + end("-") + `\b`
	case "PSRule", "template-analyzer": // Azure.Firewall.Mode / PolicyMode
		short = `\b` + end(".") + `\b`
	case "Semgrep": // …have-cmk
		short = end("azure-cosmosdb-")
	case "Steampipe", "Prowler": // …encryption_at_rest_using_cmk
		short = end("account_")
	case "Azure Policy", "KICS":
		short = p.ID[:8]
	}
	return strings.Contains(notes, p.ID) || regexp.MustCompile(short).MatchString(notes)
}

// TestPolicies knows what each policy asks that a rule has among its controls.
func TestPolicies(t *testing.T) {
	for _, r := range rules.All {
		for _, p := range rules.PeersOf(r, "Azure Policy") {
			if p.Asks == "" || !guid.MatchString(p.ID) {
				t.Errorf("%s: what does policy %s ask? Add it to the table in rules/peers.go", r.ID, p.ID)
			}
		}
	}
}
