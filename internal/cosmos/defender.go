package cosmos

import (
	"strings"

	"github.com/cosmoslint/cosmoslint/internal/model"
	"github.com/cosmoslint/cosmoslint/internal/value"
)

// DefenderEnabled is the property by which Defender is on for one account.
const DefenderEnabled = "properties.isEnabled"

// Defender is whether Microsoft Defender for Azure Cosmos DB watches an account.
type Defender struct {
	On value.Truth
	// Off is the setting of the account that turns it off, if there is one.
	Off *model.Resource
	// Asked is what has to be asked about when it is open: a setting, or the account.
	Asked *model.Resource
	// Question is what leaves it open.
	Question Question
}

// DefenderOf looks for a setting on the account and for the plan of the subscription, which covers all accounts whatever their
// settings say: https://learn.microsoft.com/azure/defender-for-cloud/defender-for-databases-enable-cosmos-protections.
func (v *View) DefenderOf(account *model.Resource) Defender {
	s := v.SettingsOf(account, DefenderType)
	plan, question := v.plan(account)
	if s.Has == value.Undecided || question.Reason == "" {
		question = s.Question(account, "setting or plan of Microsoft Defender")
	}
	d := Defender{On: plan, Asked: account, Question: question}
	own := value.False
	for _, r := range s.Sure {
		enabled := IsOn(r.Body.GetPath(DefenderEnabled))
		if r.Existing {
			enabled = value.Undecided
		}
		switch {
		case enabled == value.False && present(r, account) == value.True:
			d.Off = r
		case enabled == value.Undecided && !r.Existing:
			d.Asked, d.Question = r, Question{Path: DefenderEnabled, Value: r.Body.GetPath(DefenderEnabled)}
		}
		own = value.Or(own, value.And(enabled, present(r, account)))
	}
	if s.Has == value.Undecided && d.Off == nil {
		own = value.Or(own, value.Undecided)
	}
	d.On = value.Or(d.On, own)
	return d
}

// plan answers whether the deployment turns Defender on for all accounts of the subscription, and asks for what leaves that of
// a plan open. A module that cannot be looked into may turn it on, by its source.
func (v *View) plan(account *model.Resource) (on value.Truth, open Question) {
	on = value.False
	for _, r := range v.Deployment.OfType(DefenderPlan) {
		if r.Existing {
			continue
		}
		tier := r.Body.GetPath("properties.pricingTier")
		named, standard := r.Name.EqualsFold("CosmosDbs"), tier.EqualsFold("Standard")
		covers := value.And(named, standard, present(r, account))
		on = value.Or(on, covers)
		if covers != value.Undecided {
			continue
		}
		open = Question{Value: r.Condition,
			Reason: "Whether the plan of Microsoft Defender '" + r.Path + "' covers the account is not known before deployment."}
		switch value.Undecided {
		case named:
			open.Value = r.Name
		case standard:
			open.Value = tier
		}
	}
	for _, o := range v.Deployment.Opaque {
		source := strings.ToLower(o.Source)
		if strings.Contains(source, "defender") || strings.Contains(source, "pricing") || strings.Contains(source, "security-center") {
			on = value.Or(on, value.Undecided)
		}
	}
	return on, open
}
