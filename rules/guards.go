package rules

import (
	"github.com/cosmoslint/cosmoslint/internal/cosmos"
	"github.com/cosmoslint/cosmoslint/internal/model"
	"github.com/cosmoslint/cosmoslint/internal/value"
)

// behind names what something guards.
func behind(t cosmos.Tie) string {
	if t.Through == nil {
		return "what is behind it"
	}
	return "what uses Cosmos DB behind it"
}

// modeQuestion asks for the mode of a firewall or policy, or for its tier where the answer hangs on that.
func modeQuestion(r *model.Resource, path, tier string) cosmos.Question {
	if cosmos.Tier(r, tier) == value.Undecided {
		return cosmos.Question{Path: cosmos.FirewallTier, Value: r.Body.GetPath(cosmos.FirewallTier)}
	}
	return cosmos.ModeQuestion(r, path)
}
