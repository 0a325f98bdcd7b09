#!/usr/bin/env bash
# Builds the documentation site into artifacts/site, from the pages and from the XML documentation of the assemblies in bin/Release. Fails on
# warnings, and if a public type has no page.
set -euo pipefail
cd "$(dirname "$0")/../.."

dotnet tool restore --verbosity quiet
rm -rf docs/site/api artifacts/site
log=$(dotnet docfx docfx.json --warningsAsErrors 2>&1) || { echo "$log"; exit 1; }
if grep -i "warning:" <<<"$log"; then
    echo "docfx has warnings"
    exit 1
fi

# The lines of PublicAPI.Unshipped.txt without a parameter list, an arrow or a member are types: Some.Type<T> is Some.Type-1 on the site.
missing=0
while read -r type; do
    generic=${type#*<}
    page=${type%%<*}
    [ "$generic" = "$type" ] || page="$page-$(( $(tr -cd , <<<"$generic" | wc -c) + 1 ))"
    if [ ! -f "artifacts/site/api/$page.html" ]; then
        echo "the site has no page of $type"
        missing=1
    fi
done < <(cat src/*/PublicAPI.Unshipped.txt | grep -E '^[A-Za-z0-9]+(\.[A-Za-z0-9]+)+(<[A-Za-z, ]+>)?$')
[ "$missing" -eq 0 ]
echo "the site is in artifacts/site: $(find artifacts/site -name '*.html' | wc -l) pages"
