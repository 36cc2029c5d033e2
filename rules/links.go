package rules

import (
	"strings"

	"github.com/cosmoslint/cosmoslint/internal/cosmos"
	"github.com/cosmoslint/cosmoslint/internal/model"
	"github.com/cosmoslint/cosmoslint/internal/rule"
	"github.com/cosmoslint/cosmoslint/internal/value"
)

// weaknessMessage says what is weak about a link, why that matters, and what to do.
func weaknessMessage(r *model.Resource, t cosmos.Tie, w cosmos.Weakness) string {
	name := "'" + rule.Title(lastName(r)) + "'"
	switch w.Kind {
	case cosmos.BasicSKU:
		return "VPN gateway " + name + " is of the SKU Basic. It is not meant for production, and lacks the stronger protocols. " +
			leadsTo(t) + "Use a SKU from VpnGw1AZ on; a Basic gateway has to be made anew for it."
	case cosmos.PolicyBased:
		return "VPN gateway " + name + " works by policy. Such gateways speak IKEv1 only. " + leadsTo(t) +
			"Make one whose '" + rule.Spell(r, w.Path) + "' is " + rule.Literal(r, w.Path, value.OfString("RouteBased")) + "."
	case cosmos.OldIKE:
		what := "VPN connection " + name
		if !strings.Contains(strings.ToLower(r.Type), "connections") {
			what = "A connection of VPN gateway " + name
		}
		return what + " uses IKEv1. That version of the protocol has known weaknesses. " + leadsTo(t) + "Use IKEv2."
	case cosmos.NoStrongSignIn:
		return "Point-to-site VPN " + name + " lets people in by RADIUS alone. A password may be all that is asked for. " + leadsTo(t) +
			"Let them sign in with Microsoft Entra ID, or with certificates."
	}
	return "ExpressRoute " + name + " reaches " + lower(title(t.Cosmos)) + " only over its public endpoint. There is no private endpoint," +
		" so that what comes from on-premises goes to the account's public address. Give the account a private endpoint, and turn" +
		" public network access off."
}

// leadsTo says what is behind a link.
func leadsTo(t cosmos.Tie) string {
	if t.Through == nil {
		return ""
	}
	return "It leads to the network of Cosmos DB: " + lower(networkSentence(t))
}
