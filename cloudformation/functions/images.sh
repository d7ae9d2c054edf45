#!/usr/bin/env bash
# The work of a build, on all eight images at once: builds them from the source that CodeBuild has checked out; with
# CONTAINER_IMAGES_BUCKET imports them; with EXPORT_BUCKET, which only `mcpgw images export` sets, exports them.
# compute-stack.yaml carries all these files; a test keeps them equal.
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

here=$(dirname "${BASH_SOURCE[0]}")
# shellcheck source=pins.sh
source "$here/pins.sh"
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

tarball_of() {
  echo "mcp-gateway-$1.tar.gz"
}

# local_name KEY: what an image is called here when it is ready to be pushed.
local_name() {
  echo "mcp-gateway-$1:ready"
}

# look_into IMAGE COMMAND
look_into() {
  docker run --rm --network none --entrypoint sh "$1" -c "$2" 2> /dev/null
}

# packages_in IMAGE: prints its Python packages; nothing for an image that has no environment of uv.
packages_in() {
  look_into "$1" 'uv pip freeze --python /app/.venv/bin/python' |
    grep --extended-regexp '^[A-Za-z0-9._-]+(==| @ https://)[A-Za-z0-9.+!_/:%#=-]+$' || true
}

# models_in IMAGE: prints the checksums of its embeddings models, as sha256sum does.
models_in() {
  look_into "$1" 'cd /app/registry/models && sha256sum */*.safetensors' |
    grep --extended-regexp '^[0-9a-f]{64}  [A-Za-z0-9._/-]+$' || true
}

# show_content IMAGE: what was resolved stands in the log.
show_content() {
  packages_in "$1"
  models_in "$1"
}

# push_image KEY
push_image() {
  local target
  target="$(repository "$1"):$pushed_tag"
  docker tag "$(local_name "$1")" "$target" || return 1
  retry_once docker push --quiet "$target"
}

# push_all TAG...: when every image is ready, and not before. The tag that the services run moves last, when the
# repositories have everything, so that a build that fails leaves it where it was.
push_all() {
  for pushed_tag in "$@" "${IMAGE_SET:-}" "$IMAGE_TAG"; do
    [[ -z "$pushed_tag" ]] || for_each_image push_image "pushed as $pushed_tag"
  done
}

# fail KEY...: ends the build and names the images that are to blame.
fail() {
  echo "$*" > "$failed_images_file"
  echo "$# of ${#images[@]} images failed: $*"
  exit 1
}

# for_each_image FUNCTION DONE: calls it with KEY DOCKERFILE CONTEXT BUILD_ARGUMENT for all images at once.
for_each_image() {
  local entry key dockerfile context argument
  local -A job=()
  local -a failed=()
  for entry in "${images[@]}"; do
    IFS='|' read -r key dockerfile context argument <<< "$entry"
    { "$1" "$key" "$dockerfile" "$context" "$argument" 2>&1 | sed --unbuffered "s/^/[$key] /"; } &
    job[$key]=$!
  done

  # Each process is asked for its own result: a bare "wait" would call any end a success.
  for entry in "${images[@]}"; do
    key=${entry%%|*}
    if wait "${job[$key]}"; then
      echo "Image $key: $2"
    else
      echo "Image $key: FAILED"
      failed+=("$key")
    fi
  done
  if (( ${#failed[@]} > 0 )); then
    fail "${failed[@]}"
  fi
}

echo "Account $AWS_ACCOUNT_ID, images $REPOSITORY_PREFIX-*:$IMAGE_TAG, version $UPSTREAM_VERSION"
retry_once log_in
if [[ -n "${EXPORT_BUCKET:-}" ]]; then
  # shellcheck source=export-images.sh
  source "$here/export-images.sh"
elif [[ -n "$CONTAINER_IMAGES_BUCKET" ]]; then
  # shellcheck source=import-images.sh
  source "$here/import-images.sh"
else
  # shellcheck source=build-images.sh
  source "$here/build-images.sh"
fi
echo "All ${#images[@]} images are in place."
