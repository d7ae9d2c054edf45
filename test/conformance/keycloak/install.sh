#!/usr/bin/env bash
# install.sh FOLDER: puts Keycloak, as Maven Central has it, into FOLDER/keycloak, built with the options that the
# image is built with: those of the Dockerfile of v1.0.7, but without health and metrics. Needs a JVM, Maven and tar.
# The one difference: the image is built for MySQL. Debian has MariaDB, which refuses what is meant for MySQL.
set -euo pipefail
version=23.0.7
options='KC_DB=mariadb KC_HEALTH_ENABLED=false KC_METRICS_ENABLED=false KC_FEATURES=token-exchange'
folder=$1

if [ "$(cat "$folder/keycloak/built" 2>/dev/null)" = "$version $options" ]; then exit; fi
mkdir -p "$folder"
archive=$folder/keycloak-quarkus-dist-$version.tar.gz
if [ ! -f "$archive" ]; then
  mvn --quiet --batch-mode org.apache.maven.plugins:maven-dependency-plugin:3.6.1:copy \
    "-Dartifact=org.keycloak:keycloak-quarkus-dist:$version:tar.gz" "-DoutputDirectory=$folder"
fi
rm -rf "$folder/keycloak"
mkdir "$folder/keycloak"
tar --extract --file "$archive" --strip-components 1 --directory "$folder/keycloak"
# shellcheck disable=SC2086 # One word each.
env $options "$folder/keycloak/bin/kc.sh" build
echo "$version $options" > "$folder/keycloak/built"
