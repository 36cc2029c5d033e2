package parsers

import (
	"path"
	"strings"

	"github.com/cosmoslint/cosmoslint/internal/diag"
	"github.com/cosmoslint/cosmoslint/internal/source"
	"github.com/cosmoslint/cosmoslint/internal/template"
	"github.com/cosmoslint/cosmoslint/internal/value"
	"github.com/cosmoslint/cosmoslint/parsers/arm"
)

// isRegistry reports whether a module reference is of a registry or a template spec, not a path.
func isRegistry(ref string) bool {
	scheme, _, ok := strings.Cut(ref, ":")
	return ok && (scheme == "br" || scheme == "ts" || strings.HasPrefix(scheme, "br/") || strings.HasPrefix(scheme, "ts/"))
}

// deployRegistry makes units of the Bicep parameter files that deploy a registry module, where that is in the cache.
func (f *finder) deployRegistry() {
	for _, c := range f.files {
		if c.kind != arm.Parameters || !c.registry || f.opt.NoParameters {
			continue
		}
		d := f.newDeployment(c.path, c.path)
		d.using, d.usingSite = c.using, c.usingSite
		file := d.cached(c.usingSite.File, d.cachePath(c.usingSite.File, c.using))
		switch {
		case file == nil:
			f.set.Problems = append(f.set.Problems, diag.Problem("module-not-analysed", diag.Note, c.usingSite,
				"The template '"+c.using+"' is not judged with these parameters: it is not in the cache of restored modules."))
		case f.opt.All || !dull(file.Data):
			f.set.Units = append(f.set.Units, Unit{Path: c.path, Deploy: d.deploy, Reads: d.reads, Release: d.release})
		}
	}
}

// registryModule finds a registry module in Bicep's restore cache. Nothing is downloaded.
func (d *deployment) registryModule(from *source.File, ref string) *template.Template {
	name := d.cachePath(from, ref)
	key := "cache:" + name
	if t, ok := d.templates[key]; ok {
		return t
	}
	d.templates[key] = nil
	file := d.cached(from, name)
	if file == nil {
		return nil
	}
	external := source.NewFile(ref, file.Data)
	external.External = true
	t, _ := arm.Parse(external, nil) // what is wrong with it is nothing that the user can mend
	d.templates[key] = t
	return t
}

// cached reads a file of the cache: of the one that bicepconfig.json names, if that is below the scan root, else of the
// one that the user names.
func (d *deployment) cached(from *source.File, name string) *source.File {
	if name == "" {
		return nil
	}
	config, at := d.bicepConfig(path.Dir(from.Path))
	if dir, ok := config.Get("cacheRootDirectory").Text(); ok {
		if dir, ok := source.Join(at, dir); ok {
			if file, err := d.tree.Read(path.Join(dir, name)); err == nil {
				d.loaded[file.Path] = true
				return file
			}
		}
	}
	if d.opt.BicepCache == nil {
		return nil
	}
	file, err := d.opt.BicepCache.Read(name)
	if err != nil {
		return nil
	}
	return file
}

// cachePath is where the compiler keeps a module: br/REGISTRY/REPOSITORY with $ for /, TAG$/main.json, or
// ts/SUBSCRIPTION/GROUP/NAME/VERSION/main.json (Azure/bicep, OciArtifactRegistry and TemplateSpecModuleReference).
func (d *deployment) cachePath(from *source.File, ref string) string {
	ref = d.expandAlias(from, ref)
	if rest, ok := strings.CutPrefix(ref, "ts:"); ok {
		spec, version, ok := strings.Cut(rest, ":")
		if !ok {
			return ""
		}
		return strings.ToLower(path.Join("ts", spec, version, "main.json"))
	}
	rest, ok := strings.CutPrefix(ref, "br:")
	if !ok {
		return ""
	}
	registry, repository, ok := strings.Cut(rest, "/")
	if !ok {
		return ""
	}
	tag := ""
	if before, digest, found := strings.Cut(repository, "@"); found {
		repository, tag = before, strings.ReplaceAll(digest, ":", "#")
	} else if i := strings.LastIndexByte(repository, ':'); i >= 0 {
		repository, tag = repository[:i], repository[i+1:]+"$"+upperMask(repository[i+1:])
	}
	registry = strings.ReplaceAll(strings.ToLower(registry), ":", "$")
	return path.Join("br", registry, strings.ReplaceAll(repository, "/", "$"), tag, "main.json")
}

// upperMask tells which letters of a tag are capitals, as a hexadecimal bit mask; empty when none is.
func upperMask(tag string) string {
	mask := uint64(0)
	for i := 0; i < len(tag) && i < 64; i++ {
		if tag[i] >= 'A' && tag[i] <= 'Z' {
			mask |= 1 << i
		}
	}
	if mask == 0 {
		return ""
	}
	const digits = "0123456789ABCDEF"
	out := ""
	for ; mask > 0; mask >>= 4 {
		out = digits[mask&15:mask&15+1] + out
	}
	return out
}

// expandAlias replaces br/ALIAS: and ts/ALIAS: by what bicepconfig.json, or for public the compiler itself, says.
func (d *deployment) expandAlias(from *source.File, ref string) string {
	scheme, rest, _ := strings.Cut(ref, ":")
	kind, alias, ok := strings.Cut(scheme, "/")
	if !ok {
		return ref
	}
	config, _ := d.bicepConfig(path.Dir(from.Path))
	config = config.GetPath("moduleAliases." + kind).Get(alias)
	if kind == "ts" {
		sub, _ := config.Get("subscription").Text()
		group, _ := config.Get("resourceGroup").Text()
		return "ts:" + sub + "/" + group + "/" + rest
	}
	registry, known := config.Get("registry").Text()
	prefix, _ := config.Get("modulePath").Text()
	if !known && alias == "public" {
		registry, prefix = "mcr.microsoft.com", "bicep"
	}
	return "br:" + registry + "/" + path.Join(prefix, rest)
}

// bicepConfig reads the nearest bicepconfig.json at or above a directory, and returns its path.
func (d *deployment) bicepConfig(dir string) (value.Value, string) {
	for {
		name := path.Join(dir, "bicepconfig.json")
		if file, err := d.tree.Read(name); err == nil {
			d.loaded[name] = true
			v, _ := arm.ParseValue(file)
			return v, name
		}
		if dir == "." || dir == "/" || dir == "" {
			return value.AbsentValue, ""
		}
		dir = path.Dir(dir)
	}
}
