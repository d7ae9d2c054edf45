# shellcheck shell=bash disable=SC2034
# What the images of version $pinned_version are made of. Part of images.sh; docs/images.md says why each stands here,
# what could not be pinned, and how to move to another version.
pinned_version=v1.0.7
pinned_source=https://github.com/agentic-community/mcp-gateway-registry
# As many digits as are known. A tag can be moved.
pinned_commit=e2e87f3

# Nothing else holds the packages: they are taken as of the release. Without the Z it would be a whole day of some zone.
packages_as_of=2025-12-12T00:00:00Z
uv_version=0.13.9
# The build for processors alone: the one that PyPI has brings 4 GB of libraries for graphics cards.
torch_wheel=https://download.pytorch.org/whl/cpu/torch-2.9.1%2Bcpu-cp312-cp312-manylinux_2_28_x86_64.whl
torch_sha256=7417d8c565f219d3455654cb431c6d892a3eb40246055e14d645422de13b9ea1
node_major=20

# What a Dockerfile starts from = what it shall start from.
base_images=(
  python:3.12-slim=python:3.12-slim-bookworm
  quay.io/keycloak/keycloak:23.0=quay.io/keycloak/keycloak:23.0.7
)

# The embeddings model, as the files that sentence-transformers reads.
model=sentence-transformers/all-MiniLM-L6-v2
model_revision=c9745ed1d9f207416be6d2e6f8de32d1f16199bf
model_sha256=53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db
model_files=(
  modules.json config.json config_sentence_transformers.json sentence_bert_config.json 1_Pooling/config.json
  model.safetensors tokenizer.json tokenizer_config.json special_tokens_map.json vocab.txt
)
