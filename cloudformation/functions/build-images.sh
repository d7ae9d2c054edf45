# shellcheck shell=bash
# Builds the images from the source in the current folder. Part of images.sh.

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

prepare_source
for_each_image build_image pushed
