# shellcheck shell=bash
# Builds the images from the source in the current folder, with what pins.sh names. Part of images.sh.

constraints=/etc/mcpgw/constraints.txt

# pins_for DOCKERFILE: prints what comes after each FROM.
pins_for() {
  if [[ "$1" == docker/keycloak/* ]]; then
    # Keycloak before 26 uses distributed transactions unless it is built without; nobody ran those through RDS Proxy.
    echo 'ENV KC_TRANSACTION_XA_ENABLED=false'
    return
  fi
  # pip installs nothing but uv, and knows no date.
  printf 'RUN mkdir -p %s && printf "%%s\\n" %s > %s\n' "${constraints%/*}" \
    "'uv==$uv_version' 'torch @ $torch_wheel#sha256=$torch_sha256'" "$constraints"
  echo "ENV PIP_CONSTRAINT=$constraints"
  # The agents have a lock file, which decides; a date beside it would make "uv sync --locked" fail.
  [[ "$1" == agents/* ]] ||
    echo "ENV UV_EXCLUDE_NEWER=$packages_as_of UV_CONSTRAINT=$constraints NPM_CONFIG_BEFORE=$packages_as_of"
}

# pin DOCKERFILE: writes the pins into it. Docker Hub limits pulls by address, and a class shares few: Amazon ECR Public
# mirrors its images, and a "syntax" line would have BuildKit ask there. Metrics that are not built in have no address.
pin() {
  pins_for "$1" > "$work/pins"
  awk -v bases="${base_images[*]}" -v node="$node_major" -v pins="$work/pins" '
    BEGIN {
      count = split(bases, pairs, " ")
      for (i = 1; i <= count; i++) { split(pairs[i], pair, "="); pinned[pair[1]] = pair[2] }
      while ((getline line < pins) > 0) after = after line "\n"
    }
    NR == 1 && /^#[[:space:]]*syntax[[:space:]]*=/ { next }
    toupper($1) == "FROM" {
      i = 2
      while ($i ~ /^--/) i++
      image = $i
      sub(/^(docker\.io|public\.ecr\.aws\/docker)\//, "", image)
      sub(/^library\//, "", image)
      if (!(image in stages)) {
        if (image in pinned) $i = image = pinned[image]
        if (image != "scratch" && image !~ /[\/$]/) $i = "public.ecr.aws/docker/library/" image
      }
      if (toupper($(i + 1)) == "AS") stages[$(i + 2)]
      print
      if (image != "scratch") printf "%s", after
      next
    }
    { gsub(/nodesource\.com\/setup_[0-9]+\.x/, "nodesource.com/setup_" node ".x"); print }
  ' "$1" > "$work/Dockerfile"
  sed -E "s/((KC_(METRICS|HEALTH)_ENABLED|--(metrics|health)-enabled)[= ][\"']?)true/\\1false/g" "$work/Dockerfile" > "$1"
}

# What it starts from, without its own stages.
base_images_of() {
  awk '
    toupper($1) == "FROM" {
      i = 2
      while ($i ~ /^--/) i++
      if (!($i in stages) && $i != "scratch" && $i !~ /\$/) print $i
      if (toupper($(i + 1)) == "AS") stages[$(i + 2)]
    }
  ' "$1"
}

# The commit must be that of the pins, or the one that was given in full.
check_commit() {
  local head wanted='' source=${CODEBUILD_SOURCE_REPO_URL:-}
  head=$(git rev-parse HEAD)
  [[ ! "$UPSTREAM_VERSION" =~ ^[0-9a-f]{40}$ ]] || wanted=$UPSTREAM_VERSION
  [[ "$UPSTREAM_VERSION ${source%.git}" != "$pinned_version $pinned_source" ]] || wanted=$pinned_commit
  [[ "$head" == "$wanted"* ]] || { echo "$UPSTREAM_VERSION is commit $head, not $wanted: see docs/images.md"; exit 1; }
  echo "Commit $head"
}

prepare_source() {
  local entry dockerfile agent image
  echo "Pins of $pinned_version: packages as of $packages_as_of, uv $uv_version"
  [[ "$UPSTREAM_VERSION" == "$pinned_version" ]] ||
    echo "Version $UPSTREAM_VERSION is built with them, too: see docs/images.md, \"Moving to another version\"."
  for entry in "${images[@]}"; do
    IFS='|' read -r _ dockerfile _ <<< "$entry"
    # Three images share one file.
    [[ -f "$work/pinned/$dockerfile" ]] && continue
    pin "$dockerfile"
    mkdir -p "$work/pinned/${dockerfile%/*}"
    base_images_of "$dockerfile" | tee -a "$work/bases" > "$work/pinned/$dockerfile"
  done

  # The agents' Dockerfiles expect the lock files of the folder above; their source has the model.
  for agent in flight-booking-agent travel-assistant-agent; do
    mkdir -p "agents/a2a/src/$agent/.tmp"
    cp agents/a2a/pyproject.toml agents/a2a/uv.lock "agents/a2a/src/$agent/.tmp/"
  done
  find agents/a2a/src -name '*.py' -exec sed -Ei \
    's/"([a-z-]+\.)?anthropic\.claude-[^"]*"/__import__("os").getenv("BEDROCK_MODEL_ID", &)/' {} +

  # Once, not eight times.
  sort -u "$work/bases" > "$work/distinct-bases"
  while read -r image; do
    retry_once docker pull --quiet --platform linux/amd64 "$image"
    echo "Base image $image is $(digest_of "$image")"
  done < "$work/distinct-bases"
}

# digest_of IMAGE: what the registry that it was pulled from calls it.
digest_of() {
  docker image inspect --format '{{range .RepoDigests}}{{println .}}{{end}}' "$1" | sed -n 's/.*@//p' | head -n 1
}

# No start of the registry may depend on a hub of models, so that it ships its own.
fetch_model() {
  local file
  for file in "${model_files[@]}"; do
    curl --fail --silent --show-error --location --retry 5 --create-dirs --output "$work/model/$file" \
      "https://huggingface.co/$model/resolve/$model_revision/$file" || return 1
  done
  (cd "$work/model" && sha256sum --check --strict <<< "$model_sha256  model.safetensors")
}

# complete_registry NAME: adds the model, and takes away Debian's own site of nginx, the default server, which knows no
# /health. And nginx waits for an answer as long as the load balancer, and keeps connections longer: by itself 60 and 75 s.
complete_registry() {
  docker tag "$1" mcp-gateway-registry:application || return 1
  printf '%s\n' 'FROM mcp-gateway-registry:application' "COPY . /app/registry/models/${model##*/}/" \
    'RUN rm -f /etc/nginx/sites-enabled/default' \
    'RUN echo "proxy_read_timeout 120s; keepalive_timeout 130s;" > /etc/nginx/conf.d/time-limits.conf' \
    > "$work/complete.Dockerfile"
  DOCKER_BUILDKIT=1 docker build --platform linux/amd64 --progress plain --file "$work/complete.Dockerfile" \
    --tag "$1" "$work/model"
}

# build_image KEY DOCKERFILE CONTEXT BUILD_ARGUMENT
build_image() {
  local name base
  name=$(local_name "$1")
  base=$(tail -n 1 "$work/pinned/$2")
  # BuildKit fills in TARGETPLATFORM, which the agents' Dockerfiles take as their base platform.
  DOCKER_BUILDKIT=1 docker build \
    --platform linux/amd64 \
    --progress plain \
    --file "$2" \
    --tag "$name" \
    --label "org.opencontainers.image.version=$UPSTREAM_VERSION" \
    --label "org.opencontainers.image.revision=${CODEBUILD_RESOLVED_SOURCE_VERSION:-}" \
    --label "org.opencontainers.image.base.name=$base" \
    --label "org.opencontainers.image.base.digest=$(digest_of "$base")" \
    ${4:+--build-arg "$4"} \
    "$3" || return 1
  if [[ "$1" == registry ]]; then
    complete_registry "$name" || return 1
  fi
  show_content "$name"
}

check_commit
prepare_source
retry_once fetch_model || fail registry
for_each_image build_image built
push_all "${CODEBUILD_RESOLVED_SOURCE_VERSION:+sha-${CODEBUILD_RESOLVED_SOURCE_VERSION:0:12}}"
