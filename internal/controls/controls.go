// Package controls knows the controls of the Azure Security Baseline for Azure Cosmos DB, and says of each where the
// deployments stand that were linted.
package controls

import (
	"strings"

	"github.com/cosmoslint/cosmoslint/internal/rule"
)

// BaselinePage is Microsoft's page of the baseline for Cosmos DB. It has moved on to the numbering of the Microsoft cloud
// security benchmark; NS-1 to NS-7 and IM-1 to IM-8 here are those of version 2 of the Azure Security Benchmark, whose
// pages the controls link to.
const BaselinePage = "https://learn.microsoft.com/security/benchmark/azure/baselines/azure-cosmos-db-security-baseline"

// Control is one control of the baseline.
type Control struct {
	ID, Title string
	// Asks says in a sentence or two what the control wants of somebody who uses Cosmos DB.
	Asks string
	// ByHand says what to look at where files cannot show it.
	ByHand string
}

// URL is Microsoft's page about the control.
func (c Control) URL() string {
	const benchmark = "https://learn.microsoft.com/security/benchmark/azure/security-controls-v2-"
	if strings.HasPrefix(c.ID, "NS-") {
		return benchmark + "network-security"
	}
	return benchmark + "identity-management"
}

// Find returns the control with an id.
func Find(id string) (Control, bool) {
	for _, c := range All {
		if c.ID == id {
			return c, true
		}
	}
	return Control{}, false
}

// Of are the ids of the controls that a rule decides.
func Of(r *rule.Rule) []string {
	var ids []string
	for _, c := range r.Controls {
		if c.Catalogue == rule.ASBv2 {
			ids = append(ids, c.ID)
		}
	}
	return ids
}

// Deciding are those of the rules that decide a control at all.
func Deciding(rules []*rule.Rule) []*rule.Rule {
	var out []*rule.Rule
	for _, r := range rules {
		if len(Of(r)) > 0 {
			out = append(out, r)
		}
	}
	return out
}

// All are the controls, in the order of the baseline. The titles are the benchmark's, what they ask is in our words. They are
// the headings of the baseline as it was in this numbering: articles/cosmos-db/security-baseline.md of January 2021 in
// https://github.com/MicrosoftDocs/azure-docs.
var All = []Control{
	{
		ID:    "NS-1",
		Title: "Implement security for internal traffic",
		Asks: "Only known addresses and subnets reach the account. Network security groups or a firewall guard the subnets around it, " +
			"and logs tell who came.",
		ByHand: "The network security groups and Azure Firewall of the networks that reach the account, their flow logs with Traffic " +
			"Analytics, and the recommendations of Defender for Cloud on them.",
	},
	{
		ID:    "NS-2",
		Title: "Connect private networks together",
		Asks:  "Networks on premises and in Azure reach each other over VPN, ExpressRoute, peering or Private Link, not over the internet.",
		ByHand: "How networks outside of Azure reach the account: ExpressRoute circuits, VPN gateways and peerings in the subscription " +
			"of the network team.",
	},
	{
		ID:    "NS-3",
		Title: "Establish private network access to Azure services",
		Asks:  "Clients reach the account through private endpoints or, where that is not possible, service endpoints; public network access is off.",
		ByHand: "The account's page \"Networking\": whether public network access is off, and whether the private endpoint connections " +
			"are approved.",
	},
	{
		ID:    "NS-4",
		Title: "Protect applications and services from external network attacks",
		Asks: "The account's firewall keeps the internet out. Applications before it stand behind a firewall, a web application firewall " +
			"and DDoS protection.",
		ByHand: "The ways in from the internet to the applications that use the account: DDoS plans, Azure Firewall, and the web " +
			"application firewall of Application Gateway, Front Door or CDN.",
	},
	{
		ID:    "NS-5",
		Title: "Deploy intrusion detection/intrusion prevention systems (IDS/IPS)",
		Asks:  "Microsoft Defender watches the account, and the firewall acts on threat intelligence.",
		ByHand: "The Defender for Cloud plan \"Azure Cosmos DB\" of the subscription, threat intelligence and intrusion detection of its " +
			"firewalls, and who gets the alerts.",
	},
	{
		ID:    "NS-6",
		Title: "Simplify network security rules",
		Asks:  "Rules name service tags and application security groups, not addresses that change.",
		ByHand: "The rules of the network security groups and firewalls around the account: addresses of Azure where the tag " +
			"AzureCosmosDB would do, and lists of single hosts.",
	},
	{
		ID:    "NS-7",
		Title: "Secure Domain Name Service (DNS)",
		Asks: "The account's name resolves to its private endpoint, no record points to a name that somebody else can take, and zones " +
			"are protected from changes.",
		ByHand: "DNS zones that are managed elsewhere: their locks and role assignments, records whose target is gone, and what the " +
			"account's name resolves to from the clients' networks.",
	},
	{
		ID:    "IM-1",
		Title: "Standardize Azure Active Directory as the central identity and authentication system",
		Asks:  "Clients sign in with Microsoft Entra ID and have roles on the data; keys and passwords are off.",
		ByHand: "Which clients still use keys (the metric and log of requests by authentication type), and the identity secure score of " +
			"the tenant.",
	},
	{
		ID:     "IM-2",
		Title:  "Manage application identities securely and automatically",
		Asks:   "Programs have managed identities with just the roles that they need, instead of keys.",
		ByHand: "The identities of the programs that use the account, wherever they run, and the role assignments on its data.",
	},
	{
		ID:     "IM-3",
		Title:  "Use Azure AD single sign-on (SSO) for application access",
		Asks:   "People sign in to the applications that use the account through Microsoft Entra ID, once.",
		ByHand: "The enterprise applications of the tenant that use the account: single sign-on and required assignment.",
	},
	{
		ID:    "IM-4",
		Title: "Use strong authentication controls for all Azure Active Directory based access",
		Asks:  "Whoever administers the account, or signs in to its applications, needs a second factor or a passwordless method.",
		ByHand: "The authentication methods and Conditional Access policies of the tenant: a second factor for all users, a " +
			"phishing-resistant one for administrators, and no legacy clients.",
	},
	{
		ID:    "IM-5",
		Title: "Monitor and alert on account anomalies",
		Asks:  "Sign-ins, changes and requests are logged where somebody is told of what is unusual.",
		ByHand: "The diagnostic settings of Entra ID (sign-ins, audit, risky users), the alerts of Defender for Cloud and Entra ID " +
			"Protection, and who answers them.",
	},
	{
		ID:     "IM-6",
		Title:  "Restrict Azure resource access based on conditions",
		Asks:   "Conditional Access policies decide from where, and with which devices, people get to Azure and to the applications.",
		ByHand: "The Conditional Access policies of the tenant: which are enforced, for whom, and for Azure's management as well.",
	},
	{
		ID:    "IM-7",
		Title: "Eliminate unintended credential exposure",
		Asks:  "No key, password or connection string stands in code, parameters, outputs or settings.",
		ByHand: "Secret scanning of all repositories and pipelines that deploy or use the account, with their history, and when keys " +
			"were last regenerated.",
	},
	{
		ID:    "IM-8",
		Title: "Secure user access to legacy applications",
		Asks:  "Old applications that cannot use modern sign-in are reached through something that can.",
		ByHand: "Old applications that use the account, and what stands before them: application proxy, VPN with Entra ID, or a block of " +
			"legacy authentication.",
	},
}
