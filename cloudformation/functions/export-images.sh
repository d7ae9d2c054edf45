# shellcheck shell=bash
# Exports the images of this environment's repositories as tarballs to s3://$EXPORT_BUCKET/$EXPORT_PREFIX, as
# import-images.sh reads them, with SHA256SUMS and manifest.json. Part of images.sh.

export_address="s3://$EXPORT_BUCKET/$EXPORT_PREFIX"

# put FILE CONTENT_TYPE: in one piece, up to 5 GB, so that S3 holds it to the SHA-256 of the whole file and keeps that
# for whoever checks the set. Of an upload in parts S3 only knows the checksums of the parts.
put() {
  aws s3api put-object --bucket "$EXPORT_BUCKET" --key "$EXPORT_PREFIX$1" --body "$work/$1" --content-type "$2" \
    --checksum-algorithm SHA256 > /dev/null
}

# inspect KEY FORMAT
inspect() {
  docker image inspect --format "$2" "$(repository "$1"):$IMAGE_TAG"
}

# label KEY NAME: what the image says of itself. The parameters of the stack may have changed since it was built.
label() {
  inspect "$1" "{{index .Config.Labels \"org.opencontainers.image.$2\"}}"
}

# pull_image KEY
pull_image() {
  local version revision
  retry_once docker pull --quiet --platform linux/amd64 "$(repository "$1"):$IMAGE_TAG" || return 1
  version=$(label "$1" version) || return 1
  revision=$(label "$1" revision) || return 1
  # Both go into the manifest as they are, and are empty for an image that somebody built in another way.
  if [[ ! "$version" =~ ^[A-Za-z0-9._/-]*$ || ! "$revision" =~ ^[A-Za-z0-9._/-]*$ ]]; then
    echo "Not a version and a commit: \"$version\", \"$revision\""
    return 1
  fi
  echo "$version $revision" > "$work/$1.origin"
}

# Images of several builds are no set: each passes every check, and together they may not work.
require_one_build() {
  local entry key others=()
  for entry in "${images[@]}"; do
    key=${entry%%|*}
    [[ "$(< "$work/$key.origin")" == "$(< "$work/registry.origin")" ]] || others+=("$key")
  done
  if (( ${#others[@]} > 0 )); then
    for key in registry "${others[@]}"; do
      echo "Image $key is version and commit: $(< "$work/$key.origin")"
    done
    fail "${others[@]}"
  fi
}

# export_image KEY
export_image() {
  local name="mcp-gateway-$1:latest" tarball
  tarball=$(tarball_of "$1")
  # Its name in the repository would take this account's number along.
  docker tag "$(repository "$1"):$IMAGE_TAG" "$name" || return 1
  docker save "$name" | gzip --no-name > "$work/$tarball" || return 1
  (cd "$work" && sha256sum "$tarball") > "$work/$1.sum" || return 1
  describe_image "$1" "$tarball" > "$work/$1.json" || return 1
  if ! retry_once put "$tarball" application/gzip; then
    echo "Not written: $export_address$tarball"
    return 1
  fi
  rm "$work/$tarball"
}

# content_of KEY: prints the members of an entry that say what is in the image, as far as it is known.
content_of() {
  local name base digest packages model
  name="$(repository "$1"):$IMAGE_TAG"
  base=$(label "$1" base.name) && digest=$(label "$1" base.digest) || return 1
  if [[ "$base@$digest" =~ ^[A-Za-z0-9._:/-]+@sha256:[0-9a-f]{64}$ ]]; then
    printf ', "base": "%s@%s"' "$base" "$digest"
  fi
  packages=$(packages_in "$name" | sed 's/.*/"&"/' | paste -s -d ,)
  if [[ -n "$packages" ]]; then printf ', "packages": [%s]' "$packages"; fi
  model=$(models_in "$name" | sed -E 's/(.*)  (.*)/"\2": "\1"/' | paste -s -d ,)
  if [[ -n "$model" ]]; then printf ', "models": {%s}' "$model"; fi
}

# describe_image KEY TARBALL: prints its entry in the manifest.
describe_image() {
  local digest built
  digest=$(inspect "$1" '{{range .RepoDigests}}{{println .}}{{end}}' | grep "^$(repository "$1")@" | head -n 1) || return 1
  built=$(inspect "$1" '{{.Created}}') || return 1
  printf '    {"key": "%s", "tarball": "%s", "bytes": %s, "sha256": "%s", "digest": "%s", "builtAt": "%s"' \
    "$1" "$2" "$(wc -c < "$work/$2")" "$(cut -d ' ' -f 1 "$work/$1.sum")" "${digest#*@}" "$built"
  content_of "$1" || return 1
  printf '}'
}

# text_or_null TEXT
text_or_null() {
  if [[ -n "$1" ]]; then printf '"%s"' "$1"; else printf null; fi
}

# write_manifest COMPLETE: with "false" first, which also takes back what an earlier export said of the same place, and
# with "true" as the last thing of all: a half set can be told from a whole one.
write_manifest() {
  local origin entry separator=''
  origin=$(< "$work/registry.origin")
  {
    printf '{\n  "format": 1,\n  "complete": %s,\n' "$1"
    printf '  "version": %s,\n' "$(text_or_null "${origin%% *}")"
    printf '  "sourceCommit": %s,\n' "$(text_or_null "${origin#* }")"
    printf '  "architecture": "linux/amd64",\n  "exportedAt": "%s",\n' "$(date --utc +%Y-%m-%dT%H:%M:%SZ)"
    printf '  "images": ['
    if [[ "$1" == true ]]; then
      for entry in "${images[@]}"; do
        printf '%s\n%s' "$separator" "$(< "$work/${entry%%|*}.json")"
        separator=,
      done
      printf '\n  '
    fi
    printf ']\n}\n'
  } > "$work/manifest.json"
  if ! retry_once put manifest.json application/json; then
    echo "Not written: ${export_address}manifest.json"
    return 1
  fi
}

echo "Exporting to $export_address"
for_each_image pull_image pulled
require_one_build
write_manifest false
for_each_image export_image exported
for entry in "${images[@]}"; do
  cat "$work/${entry%%|*}.sum"
done > "$work/SHA256SUMS"
retry_once put SHA256SUMS text/plain
write_manifest true
