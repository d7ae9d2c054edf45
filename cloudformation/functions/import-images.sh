# shellcheck shell=bash
# Imports the images from the tarballs of s3://$CONTAINER_IMAGES_BUCKET/$CONTAINER_IMAGES_PREFIX. Part of images.sh.

images_address="s3://$CONTAINER_IMAGES_BUCKET/$CONTAINER_IMAGES_PREFIX"

# One listing says what is there: a look at each file would call a missing one "access denied", unless the role might
# list the whole bucket.
list_set() {
  aws s3api list-objects-v2 --bucket "$CONTAINER_IMAGES_BUCKET" --prefix "$CONTAINER_IMAGES_PREFIX" --delimiter / \
    --query 'Contents[].[Key]' --output text > "$work/keys"
}

# is_there FILE
is_there() {
  grep --fixed-strings --line-regexp --quiet -- "$CONTAINER_IMAGES_PREFIX$1" "$work/keys"
}

# fetch FILE
fetch() {
  retry_once aws s3 cp --only-show-errors "$images_address$1" "$work/$1"
}

require_whole_set() {
  local entry key missing=()
  for entry in "${images[@]}"; do
    key=${entry%%|*}
    is_there "$(tarball_of "$key")" || missing+=("$key")
  done
  if (( ${#missing[@]} > 0 )); then
    for key in "${missing[@]}"; do
      echo "Missing: $images_address$(tarball_of "$key")"
    done
    fail "${missing[@]}"
  fi
}

# A tarball that the list does not name fails as well.
checksum_holds() {
  (cd "$work" && grep --extended-regexp " [ *]$1\$" SHA256SUMS | sha256sum --check --strict)
}

# import_image KEY
import_image() {
  local tarball address loaded name architecture
  tarball=$(tarball_of "$1")
  address="$images_address$tarball"
  if ! fetch "$tarball"; then
    echo "Not readable: $address"
    return 1
  fi
  if [[ -f "$work/SHA256SUMS" ]] && ! checksum_holds "$tarball"; then
    echo "$address does not match SHA256SUMS"
    return 1
  fi

  # Whoever made the tarball chose the name inside it, so that only docker load knows it.
  loaded=$(docker load --quiet --input "$work/$tarball") || return 1
  rm "$work/$tarball"
  name=$(sed -n -E 's/^Loaded image( ID)?: //p' <<< "$loaded" | head -n 1)
  if [[ -z "$name" ]]; then
    echo "$address contains no image"
    return 1
  fi
  architecture=$(docker image inspect --format '{{.Os}}/{{.Architecture}}' "$name") || return 1
  if [[ "$architecture" != linux/amd64 ]]; then
    echo "$address is for $architecture; the services run on linux/amd64"
    return 1
  fi
  docker tag "$name" "$(local_name "$1")" || return 1
  show_content "$name"
}

if ! retry_once list_set; then
  echo "Cannot tell what $images_address holds, so that nothing is imported."
  exit 1
fi
require_whole_set
# Only a list that is not there may skip the check; one that cannot be read ends the build.
if is_there SHA256SUMS; then
  fetch SHA256SUMS
else
  echo "No ${images_address}SHA256SUMS: the tarballs are taken unchecked."
fi
for_each_image import_image loaded
push_all
