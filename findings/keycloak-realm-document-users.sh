#!/usr/bin/env bash
# Users of a realm document are not the users that POST /users makes: they lack the default role.
#
# Keycloak 23.0.7 (org.keycloak:keycloak-quarkus-dist of Maven Central), seen on 2026-11-29 with OpenJDK 17.
# A realm is made with one POST /admin/realms whose document holds a user, and a second user is added to it by POST
# /admin/realms/<realm>/users. Both ask for a token with the same client and the same grant. Expected: two tokens alike.
# Seen: the second user has the role default-roles-<realm>, and "aud": "account" in the access token; the first has no
# role at all, and a token without "aud". Everything that checks the audience refuses it, while the login itself works.
# The user that Keycloak makes for a client's service account is not concerned, only users that a document names.
# Remedy: name the role in the document, "realmRoles": ["default-roles-<realm>"]; the third user here shows that.
#
# Source: https://github.com/keycloak/keycloak/issues/44778 (open; the operator's import, the same code); the import adds
# users with addDefaultRoles = false: DefaultExportImportManager.createUser.
#
# Needs curl, java, mvn, node and tar. Downloads 180 MB, takes a minute. Ends with 0 as long as Keycloak behaves so.
set -euo pipefail
version=23.0.7
folder=$(mktemp -d)
server=
trap '[[ -z "$server" ]] || kill "$server" 2> /dev/null || true; wait; rm -rf "$folder"' EXIT

mvn --quiet --batch-mode org.apache.maven.plugins:maven-dependency-plugin:3.6.1:copy \
  "-Dartifact=org.keycloak:keycloak-quarkus-dist:$version:tar.gz" "-DoutputDirectory=$folder" > /dev/null
tar --extract --file "$folder"/*.tar.gz --directory "$folder"
port=$(node -e 'const s = require("net").createServer().listen(0, () => { console.log(s.address().port); s.close() })')
# No other Keycloak of this machine is to be found by it.
KEYCLOAK_ADMIN=admin KEYCLOAK_ADMIN_PASSWORD=admin "$folder/keycloak-$version/bin/kc.sh" start-dev \
  --cache=local --http-port="$port" > "$folder/log" 2>&1 &
server=$!
url=http://127.0.0.1:$port
# token REALM CLIENT USER PASSWORD: an access token by the password grant.
token() {
  curl --silent --fail --data grant_type=password --data "client_id=$2" --data "username=$3" --data "password=$4" \
    "$url/realms/$1/protocol/openid-connect/token" | node -p 'JSON.parse(require("fs").readFileSync(0)).access_token'
}
# A busy machine takes minutes; the realm answers some time before its administrator is made.
until token master admin-cli admin admin > /dev/null 2>&1; do
  if ! kill -0 "$server" || ((SECONDS > 900)); then cat "$folder/log"; exit 1; fi
  sleep 0.5
done
# post PATH DOCUMENT
post() {
  curl --silent --fail --header "Authorization: Bearer $(token master admin-cli admin admin)" --json "$2" "$url$1"
}
# shown USER: what decides about a token of a user.
shown() {
  token class pupils "$1" secret | cut -d. -f2 | node -p '
    const {aud, realm_access} = JSON.parse(Buffer.from(require("fs").readFileSync(0, "utf8"), "base64url"));
    "aud " + (aud ?? "none") + ", default role " + (realm_access?.roles.includes("default-roles-class") ?? false)'
}

credentials='"enabled": true, "credentials": [{"type": "password", "value": "secret"}]'
post /admin/realms '{
  "realm": "class", "enabled": true,
  "clients": [{"clientId": "pupils", "publicClient": true, "directAccessGrantsEnabled": true}],
  "users": [
    {"username": "in-document", '"$credentials"'},
    {"username": "in-document-with-role", '"$credentials"', "realmRoles": ["default-roles-class"]}
  ]
}'
post /admin/realms/class/users '{"username": "posted", '"$credentials"'}'

failed=0
# expect USER TEXT
expect() {
  local seen
  seen=$(shown "$1")
  echo "$1: $seen"
  [[ "$seen" == "$2" ]] || { echo "  was, on 2026-11-29: $2"; failed=1; }
}
expect in-document 'aud none, default role false'
expect posted 'aud account, default role true'
expect in-document-with-role 'aud account, default role true'
exit "$failed"
