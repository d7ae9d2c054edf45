#!/usr/bin/env bash
# A Keycloak that hands out https addresses everywhere has an admin console that asks http.
#
# Keycloak 23.0.7 (org.keycloak:keycloak-quarkus-dist of Maven Central), seen on 2026-11-29 with OpenJDK 17.
# TLS ends at a content delivery network that speaks HTTP to a load balancer, which therefore says "X-Forwarded-Proto:
# http". KC_HOSTNAME and KC_HOSTNAME_STRICT_HTTPS=true are set, so that the OpenID configuration has nothing but https.
# Expected: the same of the admin console. Seen: /admin/ redirects to http, the console's page holds "authUrl":
# "http://…", which a browser blocks as mixed content, and the login of the console refuses the https address that it is to
# come back to (400), although it is under the same name. "Strict HTTPS" is about front-channel addresses of realms only.
# Remedy: KC_HOSTNAME_ADMIN_URL=https://<name>; the second start shows that.
#
# Source: https://github.com/keycloak/keycloak/issues/13364 (the same in 18.0.2, where no such variable existed);
# https://github.com/keycloak/keycloak/pull/13681 (the variable; since 20).
#
# Needs curl, java, mvn, node and tar. Downloads 180 MB, takes two minutes. Ends with 0 as long as Keycloak behaves so.
set -euo pipefail
version=23.0.7
folder=$(mktemp -d)
server=
end_server() {
  [[ -z "$server" ]] || kill "$server" 2> /dev/null || true
  wait
  server=
}
trap 'end_server; rm -rf "$folder"' EXIT

mvn --quiet --batch-mode org.apache.maven.plugins:maven-dependency-plugin:3.6.1:copy \
  "-Dartifact=org.keycloak:keycloak-quarkus-dist:$version:tar.gz" "-DoutputDirectory=$folder" > /dev/null
tar --extract --file "$folder"/*.tar.gz --directory "$folder"
"$folder/keycloak-$version/bin/kc.sh" build --db=dev-file --cache=local > "$folder/log"
name=login.example.com
port=$(node -e 'const s = require("net").createServer().listen(0, () => { console.log(s.address().port); s.close() })')

# start VARIABLE=VALUE...
start() {
  env KC_HOSTNAME="$name" KC_HOSTNAME_STRICT=false KC_HOSTNAME_STRICT_HTTPS=true KC_PROXY=edge KC_HTTP_PORT="$port" "$@" \
    "$folder/keycloak-$version/bin/kc.sh" start --optimized > "$folder/log" 2>&1 &
  server=$!
  # A busy machine takes minutes.
  until curl --silent --fail --output /dev/null "http://127.0.0.1:$port/realms/master"; do
    if ! kill -0 "$server" || ((SECONDS > 900)); then cat "$folder/log"; exit 1; fi
    sleep 0.5
  done
}
# ask PATH [CURL OPTION...]: as the load balancer passes a request on.
ask() {
  curl --silent --header "Host: $name" --header 'X-Forwarded-Proto: http' --header 'X-Forwarded-For: 203.0.113.7' \
    "${@:2}" "http://127.0.0.1:$port$1"
}

console=https://$name/admin/master/console/
login="client_id=security-admin-console&response_type=code&scope=openid&redirect_uri=$console"
# A challenge of the right length, which the console's client asks for.
login+="&code_challenge_method=S256&code_challenge=$(printf 'A%.0s' {1..43})"
shown() {
  ask /realms/master/.well-known/openid-configuration |
    node -p 'const {issuer, token_endpoint} = JSON.parse(require("fs").readFileSync(0)); issuer + " " + token_endpoint'
  ask /admin/ --output /dev/null --write-out '%header{location}\n'
  ask /admin/master/console/ | sed -n 's/^ *"authUrl": "\(.*\)",$/\1/p'
  ask "/realms/master/protocol/openid-connect/auth?$login" --output /dev/null --write-out '%{http_code}\n'
}

failed=0
# expect TITLE LINE...: what was shown on 2026-11-29.
expect() {
  local seen
  seen=$(shown)
  printf '%s:\n%s\n' "$1" "$seen"
  [[ "$seen" == "$(printf '%s\n' "${@:2}")" ]] || { printf 'was, on 2026-11-29:\n'; printf '%s\n' "${@:2}"; failed=1; }
}
realm=https://$name/realms/master
start
expect 'without KC_HOSTNAME_ADMIN_URL' "$realm $realm/protocol/openid-connect/token" \
  "http://$name/admin/master/console/" "http://$name" 400
end_server
start KC_HOSTNAME_ADMIN_URL="https://$name"
expect 'with it' "$realm $realm/protocol/openid-connect/token" "$console" "https://$name" 200
exit "$failed"
