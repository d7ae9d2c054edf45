#!/usr/bin/env bash
# Puts the eight container images into this environment's ECR repositories: built from the source that CodeBuild
# has checked out or, when CONTAINER_IMAGES_BUCKET is set, imported from tarballs that were built before.
# compute-stack.yaml carries this text in its build specification; a test keeps the two equal.
set -euo pipefail

# The address at which CloudFormation awaits its answer is no business of a Dockerfile or a tarball.
unset CLOUDFORMATION_REQUEST

# key | Dockerfile | build context | build argument
images=(
  'registry|docker/Dockerfile.registry|.|'
  'auth-server|docker/Dockerfile.auth|.|'
  'keycloak|docker/keycloak/Dockerfile|docker/keycloak|'
  'currenttime|docker/Dockerfile.mcp-server|servers/currenttime|'
  # Its server imports the registry's embeddings module, which only the repository root contains.
  'mcpgw|docker/Dockerfile.mcp-server|.|SERVER_DIR=servers/mcpgw'
  'realserverfaketools|docker/Dockerfile.mcp-server|servers/realserverfaketools|'
  'flight-booking-agent|agents/a2a/src/flight-booking-agent/Dockerfile|agents/a2a/src/flight-booking-agent|'
  'travel-assistant-agent|agents/a2a/src/travel-assistant-agent/Dockerfile|agents/a2a/src/travel-assistant-agent|'
)

work=$(mktemp -d)
# The build specification hands this on, so that the stack event can name the images that failed.
failed_images_file=/tmp/failed-images

retry_once() {
  "$@" || { echo "Failed, one more try in 10 seconds: $*" >&2; sleep 10; "$@"; }
}

log_in() {
  aws ecr get-login-password | docker login --username AWS --password-stdin "$ECR_REGISTRY"
}

repository() {
  echo "$ECR_REGISTRY/$REPOSITORY_PREFIX-$1"
}

# publish LOCAL_NAME KEY [FURTHER_TAG]
publish() {
  local tag target
  for tag in "$IMAGE_TAG" ${3:+"$3"}; do
    target="$(repository "$2"):$tag"
    docker tag "$1" "$target" || return 1
    retry_once docker push --quiet "$target" || return 1
  done
}

# Docker Hub limits anonymous pulls by address, and a class shares few addresses; Amazon ECR Public mirrors its
# official images. A "syntax" line goes too, since BuildKit would fetch that front end from Docker Hub.
use_mirrors() {
  awk '
    NR == 1 && /^#[[:space:]]*syntax[[:space:]]*=/ { next }
    toupper($1) == "FROM" {
      i = 2
      while ($i ~ /^--/) i++
      image = $i
      sub(/^docker\.io\//, "", image)
      sub(/^library\//, "", image)
      official = image != "scratch" && image !~ /[\/$]/
      if (official && !(image in stages)) $i = "public.ecr.aws/docker/library/" image
      if (toupper($(i + 1)) == "AS") stages[$(i + 2)]
    }
    { print }
  ' "$1" > "$work/Dockerfile"
  cp "$work/Dockerfile" "$1"
}

# Prints what the given Dockerfile starts from, without its own stages.
base_images() {
  awk '
    toupper($1) == "FROM" {
      i = 2
      while ($i ~ /^--/) i++
      if (!($i in stages) && $i != "scratch" && $i !~ /\$/) print $i
      if (toupper($(i + 1)) == "AS") stages[$(i + 2)]
    }
  ' "$1"
}

prepare_source() {
  local entry dockerfile agent image
  for entry in "${images[@]}"; do
    IFS='|' read -r _ dockerfile _ <<< "$entry"
    use_mirrors "$dockerfile"
    base_images "$dockerfile" >> "$work/bases"
  done

  # The agents' Dockerfiles expect the lock files of the folder above inside their own build context.
  for agent in flight-booking-agent travel-assistant-agent; do
    mkdir -p "agents/a2a/src/$agent/.tmp"
    cp agents/a2a/pyproject.toml agents/a2a/uv.lock "agents/a2a/src/$agent/.tmp/"
  done

  # Once here, with a second try, instead of eight times at once below.
  sort -u "$work/bases" > "$work/distinct-bases"
  while read -r image; do
    retry_once docker pull --quiet --platform linux/amd64 "$image"
  done < "$work/distinct-bases"
}

# build_image KEY DOCKERFILE CONTEXT BUILD_ARGUMENT
build_image() {
  local name="mcp-gateway-$1:built" revision="${CODEBUILD_RESOLVED_SOURCE_VERSION:-}"
  # BuildKit fills in TARGETPLATFORM, which the agents' Dockerfiles take as their base platform.
  DOCKER_BUILDKIT=1 docker build \
    --platform linux/amd64 \
    --progress plain \
    --file "$2" \
    --tag "$name" \
    --label "org.opencontainers.image.version=$UPSTREAM_VERSION" \
    --label "org.opencontainers.image.revision=$revision" \
    ${4:+--build-arg "$4"} \
    "$3" || return 1
  publish "$name" "$1" "${revision:+sha-${revision:0:12}}"
}

# Only "there is no such file" may skip the check: a refused or throttled look-up must not let a tarball pass.
fetch_checksums() {
  local key="${CONTAINER_IMAGES_PREFIX}SHA256SUMS" address problem
  address="s3://$CONTAINER_IMAGES_BUCKET/$key"
  if problem=$(aws s3api head-object --bucket "$CONTAINER_IMAGES_BUCKET" --key "$key" 2>&1 > /dev/null); then
    retry_once aws s3 cp --only-show-errors "$address" "$work/SHA256SUMS"
  elif [[ "$problem" == *'(404)'* ]]; then
    echo "No $address: the tarballs are taken unchecked."
  else
    echo "Cannot tell whether there is $address, so that nothing is imported: $problem"
    return 1
  fi
}

# A tarball that the list does not name fails as well.
checksum_holds() {
  (cd "$work" && grep --extended-regexp " [ *]$1\$" SHA256SUMS | sha256sum --check --strict)
}

# import_image KEY
import_image() {
  local tarball="mcp-gateway-$1.tar.gz" address loaded name architecture
  address="s3://$CONTAINER_IMAGES_BUCKET/$CONTAINER_IMAGES_PREFIX$tarball"
  if ! retry_once aws s3 cp --only-show-errors "$address" "$work/$tarball"; then
    echo "Missing or not readable: $address"
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
  publish "$name" "$1"
}

echo "Account $AWS_ACCOUNT_ID, images $REPOSITORY_PREFIX-*:$IMAGE_TAG, version $UPSTREAM_VERSION"
retry_once log_in
if [[ -n "$CONTAINER_IMAGES_BUCKET" ]]; then
  fetch_checksums
else
  prepare_source
fi

declare -A job
for entry in "${images[@]}"; do
  IFS='|' read -r key dockerfile context argument <<< "$entry"
  {
    if [[ -n "$CONTAINER_IMAGES_BUCKET" ]]; then
      import_image "$key"
    else
      build_image "$key" "$dockerfile" "$context" "$argument"
    fi 2>&1 | sed --unbuffered "s/^/[$key] /"
  } &
  job[$key]=$!
done

# Each process is asked for its own result: a bare "wait" would call any end a success.
failed=()
for entry in "${images[@]}"; do
  key=${entry%%|*}
  if wait "${job[$key]}"; then
    echo "Image $key: pushed"
  else
    echo "Image $key: FAILED"
    failed+=("$key")
  fi
done

if (( ${#failed[@]} > 0 )); then
  echo "${failed[*]}" > "$failed_images_file"
  echo "${#failed[@]} of ${#images[@]} images failed: ${failed[*]}"
  exit 1
fi
echo "All ${#images[@]} images are in place."
