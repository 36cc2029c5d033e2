package expr

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/cosmoslint/cosmoslint/internal/value"
)

var dateFunctions = []function{
	{name: "dateTimeAdd", min: 2, max: 3, needs: whole, notNull: true, eval: evalDateTimeAdd},
	{name: "dateTimeFromEpoch", min: 1, max: 1, needs: whole, notNull: true, eval: evalDateTimeFromEpoch},
	{name: "dateTimeToEpoch", min: 1, max: 1, needs: whole, notNull: true, eval: evalDateTimeToEpoch},
}

// dateLayouts are the forms of a time that are read, with the layout of what dateTimeAdd makes of them without a format
// (documented for the first two), if that is known. All are in UTC: what .NET makes of other zones depends on where it runs.
var dateLayouts = []struct{ in, out string }{
	{"2006-01-02T15:04:05Z", "2006-01-02T15:04:05Z"},
	{"2006-01-02 15:04:05Z", "1/2/2006 3:04:05 PM"},
	{"2006-01-02T15:04:05.999999999Z", ""},
	{"20060102T150405Z", ""},
}

func parseDate(v value.Value) (t time.Time, out string, ok bool) {
	text, _ := v.Text()
	for _, l := range dateLayouts {
		if t, err := time.Parse(l.in, text); err == nil && t.Year() > 0 {
			return t, l.out, true
		}
	}
	return time.Time{}, "", false
}

func evalDateTimeToEpoch(_ *Evaluator, args []value.Value) (value.Value, error) {
	t, _, ok := parseDate(args[0])
	if !ok {
		return undecided()
	}
	return value.OfInt(t.Unix()), nil
}

func evalDateTimeFromEpoch(_ *Evaluator, args []value.Value) (value.Value, error) {
	n, ok := args[0].Int()
	t := time.Unix(n, 0).UTC()
	if !ok || n < -62135596800 || n > 253402300799 {
		return mistake("no time of the years 1 to 9999")
	}
	return value.OfString(t.Format("2006-01-02T15:04:05Z")), nil
}

func evalDateTimeAdd(_ *Evaluator, args []value.Value) (value.Value, error) {
	t, layout, ok := parseDate(args[0])
	duration, _ := args[1].Text()
	if !ok {
		return undecided()
	}
	if t, ok = addDuration(t, duration); !ok || t.Year() < 1 || t.Year() > 9999 {
		return undecided()
	}
	text := t.Format(layout)
	if len(args) > 2 {
		format, _ := args[2].Text()
		text, ok = formatDate(t, format)
	}
	if !ok || text == "" {
		return undecided()
	}
	return value.OfString(text), nil
}

var durationForm = regexp.MustCompile(`^(-)?P(?:(\d{1,6})Y)?(?:(\d{1,6})M)?(?:(\d{1,6})D)?(T(?:(\d{1,6})H)?(?:(\d{1,6})M)?(?:(\d{1,6})S)?)?$`)

// addDuration adds an ISO 8601 duration. Whether a year has 365 days and a month 30, as in .NET's XmlConvert, or as many as
// the calendar says, is not documented: the result is known where that makes no difference.
func addDuration(t time.Time, text string) (time.Time, bool) {
	m := durationForm.FindStringSubmatch(text)
	if m == nil || strings.HasSuffix(text, "P") || strings.HasSuffix(text, "T") {
		return t, false
	}
	n := make([]int, len(m))
	for i := 2; i < len(m); i++ {
		n[i], _ = strconv.Atoi(m[i])
		if m[1] == "-" {
			n[i] = -n[i]
		}
	}
	years, months, days := n[2], n[3], n[4]
	clock := time.Duration(n[6])*time.Hour + time.Duration(n[7])*time.Minute + time.Duration(n[8])*time.Second
	byDays := t.AddDate(0, 0, 365*years+30*months+days).Add(clock)
	byCalendar := t.AddDate(years, months, days).Add(clock)
	return byDays, byDays.Equal(byCalendar)
}

// standardDates are the standard formats of .NET that do not depend on a culture, with Go's layouts.
var standardDates = map[string]string{
	"o": "2006-01-02T15:04:05.0000000Z", "O": "2006-01-02T15:04:05.0000000Z",
	"s": "2006-01-02T15:04:05", "u": "2006-01-02 15:04:05Z",
	"r": "Mon, 02 Jan 2006 15:04:05 GMT", "R": "Mon, 02 Jan 2006 15:04:05 GMT",
}

// customDates are the custom format specifiers of .NET with Go's layouts.
var customDates = map[string]string{
	"yyyy": "2006", "yy": "06", "MMMM": "January", "MMM": "Jan", "MM": "01", "M": "1", "dddd": "Monday", "ddd": "Mon",
	"dd": "02", "d": "2", "HH": "15", "hh": "03", "h": "3", "mm": "04", "m": "4", "ss": "05", "s": "5", "tt": "PM",
	"f": ".0", "ff": ".00", "fff": ".000", "ffff": ".0000", "fffff": ".00000", "ffffff": ".000000", "fffffff": ".0000000",
}

// formatDate writes a time by a .NET format of digits and separators.
func formatDate(t time.Time, format string) (string, bool) {
	if standard, ok := standardDates[format]; ok {
		return t.Format(standard), true
	}
	if len(format) < 2 || len(format) > 1000 {
		return "", false
	}
	var b strings.Builder
	for i := 0; i < len(format); {
		n := i + 1
		for n < len(format) && format[n] == format[i] {
			n++
		}
		layout, ok := customDates[format[i:n]]
		switch {
		case ok:
			b.WriteString(strings.TrimPrefix(t.Format(layout), "."))
		case strings.IndexByte("TZ:/-_., ", format[i]) >= 0:
			b.WriteString(format[i:n])
		default:
			return "", false
		}
		i = n
	}
	return b.String(), true
}
