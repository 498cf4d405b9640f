#!/usr/bin/env bash
# Builds everything and runs every test.
#   ./test.sh                       all of them
#   ./test.sh -R unit.core          arguments go to ctest
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
. .ci/prepare.sh
install_packages
begin=$SECONDS
configure
build
say "Built in $((SECONDS - begin)) s."
exec ctest --test-dir build -j2 --output-on-failure "$@"
