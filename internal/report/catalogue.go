package report

import (
	"strings"

	"github.com/cosmoslint/cosmoslint/internal/controls"
	"github.com/cosmoslint/cosmoslint/internal/rule"
)

// catalogue is what is known of a published set of controls. The same id means different things in different ones, so
// each is a taxonomy of its own.
type catalogue struct {
	id           rule.Catalogue
	name         string
	version      string
	organization string
	about        string
	url          string
	// page returns the page of one control; nil when there is only url.
	page   func(id string) string
	titles map[string]string
}

// catalogues in the order in which they are shown.
var catalogues = []catalogue{
	{
		id:           rule.ASBv2,
		name:         "Azure Security Benchmark",
		version:      "2.0",
		organization: "Microsoft",
		about:        "The controls of the Azure Security Baseline for Azure Cosmos DB.",
		url:          "https://learn.microsoft.com/security/benchmark/azure/overview-v2",
		page:         asbPage,
		titles:       asbTitles,
	},
	{
		id:           rule.MCSB,
		name:         "Microsoft cloud security benchmark",
		version:      "1.0",
		organization: "Microsoft",
		about:        "The successor of the Azure Security Benchmark, with a numbering of its own.",
		url:          "https://learn.microsoft.com/security/benchmark/azure/overview",
		page:         mcsbPage,
		titles:       mcsbTitles,
	},
	{
		id:           rule.CIS,
		name:         "CIS Microsoft Azure Foundations Benchmark",
		version:      "2.0.0",
		organization: "Center for Internet Security",
		about:        "Recommendations for the configuration of Microsoft Azure.",
		url:          "https://www.cisecurity.org/benchmark/azure",
		titles:       cisTitles,
	},
	{
		id:           rule.Policy,
		name:         "Azure Policy",
		version:      "built-in",
		organization: "Microsoft",
		about:        "The built-in policy definitions of Azure.",
		url:          "https://learn.microsoft.com/azure/cosmos-db/policy-reference",
	},
	{
		id:           rule.CWE,
		name:         "CWE",
		version:      "4.20",
		organization: "MITRE",
		about:        "The MITRE Common Weakness Enumeration.",
		url:          "https://cwe.mitre.org/",
		page:         func(id string) string { return "https://cwe.mitre.org/data/definitions/" + id + ".html" },
		titles:       cweTitles,
	},
}

// canonical is the id of a control as its taxonomy has it: weaknesses are numbers.
func canonical(c rule.Control) string {
	if c.Catalogue == rule.CWE {
		return strings.TrimPrefix(strings.ToUpper(c.ID), "CWE-")
	}
	return c.ID
}

// helpPage is the page of a control.
func (c *catalogue) helpPage(id string) string {
	if c.page != nil {
		if u := c.page(id); u != "" {
			return u
		}
	}
	return c.url
}

const benchmark = "https://learn.microsoft.com/security/benchmark/azure/"

// The controls of the baseline are those that package controls reports on.
func asbPage(id string) string {
	if c, ok := controls.Find(id); ok {
		return c.URL()
	}
	return ""
}

func titlesOfControls() map[string]string {
	titles := map[string]string{}
	for _, c := range controls.All {
		titles[c.ID] = c.Title
	}
	return titles
}

func mcsbPage(id string) string {
	pages := map[string]string{
		"NS": "network-security", "IM": "identity-management", "PA": "privileged-access", "DP": "data-protection",
		"LT": "logging-threat-detection", "BR": "backup-recovery", "AM": "asset-management",
		"PV": "posture-vulnerability-management",
	}
	family, _, _ := strings.Cut(id, "-")
	if pages[family] == "" {
		return ""
	}
	return benchmark + "mcsb-" + pages[family]
}

var asbTitles = titlesOfControls()

// mcsbTitles are the headings of https://learn.microsoft.com/security/benchmark/azure/mcsb-network-security and the pages of
// the other families beside it, read in November 2026. Other lists have "credentials" in IM-8.
var mcsbTitles = map[string]string{
	"NS-1":  "Establish network segmentation boundaries",
	"NS-2":  "Secure cloud native services with network controls",
	"NS-3":  "Deploy firewall at the edge of enterprise network",
	"NS-4":  "Deploy intrusion detection/intrusion prevention systems (IDS/IPS)",
	"NS-5":  "Deploy DDOS protection",
	"NS-6":  "Deploy web application firewall",
	"NS-7":  "Simplify network security configuration",
	"NS-8":  "Detect and disable insecure services and protocols",
	"NS-9":  "Connect on-premises or cloud network privately",
	"NS-10": "Ensure Domain Name System (DNS) security",
	"IM-1":  "Use centralized identity and authentication system",
	"IM-2":  "Protect identity and authentication systems",
	"IM-3":  "Manage application identities securely and automatically",
	"IM-4":  "Authenticate server and services",
	"IM-5":  "Use single sign-on (SSO) for application access",
	"IM-6":  "Use strong authentication controls",
	"IM-7":  "Restrict resource access based on conditions",
	"IM-8":  "Restrict the exposure of credential and secrets",
	"IM-9":  "Secure user access to existing applications",
	"PA-7":  "Follow just enough administration (least privilege) principle",
	"DP-3":  "Encrypt sensitive data in transit",
	"DP-4":  "Enable data at rest encryption by default",
	"DP-5":  "Use customer-managed key option in data at rest encryption when required",
	"DP-6":  "Use a secure key management process",
	"LT-1":  "Enable threat detection capabilities",
	"LT-2":  "Enable threat detection for identity and access management",
	"LT-3":  "Enable logging for security investigation",
	"LT-4":  "Enable network logging for security investigation",
	"BR-1":  "Ensure regular automated backups",
}

// cisTitles are those of version 2.0.0, as https://github.com/turbot/steampipe-mod-azure-compliance has them in cis_v200: the
// benchmark itself is not public.
var cisTitles = map[string]string{
	"1.2.4": "Ensure that A Multi-factor Authentication Policy Exists for All Users",
	"4.5.1": "Ensure That 'Firewalls & Networks' Is Limited to Use Selected Networks Instead of All Networks",
	"4.5.2": "Ensure That Private Endpoints Are Used Where Possible",
	"4.5.3": "Use Azure Active Directory (AAD) Client Authentication and Azure RBAC where possible",
}

// cweTitles are those of version 4.20, compared with https://github.com/sarif-standard/taxonomies, which has 4.8: 526, 942 and
// 1188 have been renamed since.
var cweTitles = map[string]string{
	"155":  "Improper Neutralization of Wildcards or Matching Symbols",
	"200":  "Exposure of Sensitive Information to an Unauthorized Actor",
	"250":  "Execution with Unnecessary Privileges",
	"269":  "Improper Privilege Management",
	"284":  "Improper Access Control",
	"285":  "Improper Authorization",
	"287":  "Improper Authentication",
	"306":  "Missing Authentication for Critical Function",
	"308":  "Use of Single-factor Authentication",
	"309":  "Use of Password System for Primary Authentication",
	"311":  "Missing Encryption of Sensitive Data",
	"312":  "Cleartext Storage of Sensitive Information",
	"319":  "Cleartext Transmission of Sensitive Information",
	"324":  "Use of a Key Past its Expiration Date",
	"326":  "Inadequate Encryption Strength",
	"327":  "Use of a Broken or Risky Cryptographic Algorithm",
	"350":  "Reliance on Reverse DNS Resolution for a Security-Critical Action",
	"441":  "Unintended Proxy or Intermediary ('Confused Deputy')",
	"522":  "Insufficiently Protected Credentials",
	"526":  "Cleartext Storage of Sensitive Information in an Environment Variable",
	"532":  "Insertion of Sensitive Information into Log File",
	"540":  "Inclusion of Sensitive Information in Source Code",
	"636":  "Not Failing Securely ('Failing Open')",
	"638":  "Not Using Complete Mediation",
	"668":  "Exposure of Resource to Wrong Sphere",
	"684":  "Incorrect Provision of Specified Functionality",
	"693":  "Protection Mechanism Failure",
	"732":  "Incorrect Permission Assignment for Critical Resource",
	"778":  "Insufficient Logging",
	"798":  "Use of Hard-coded Credentials",
	"862":  "Missing Authorization",
	"863":  "Incorrect Authorization",
	"923":  "Improper Restriction of Communication Channel to Intended Endpoints",
	"941":  "Incorrectly Specified Destination in a Communication Channel",
	"942":  "Permissive Cross-domain Security Policy with Untrusted Domains",
	"1188": "Initialization of a Resource with an Insecure Default",
	"1327": "Binding to an Unrestricted IP Address",
}
