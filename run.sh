#!/usr/bin/env bash
# Builds what is needed and starts Anteroom.
#   ./run.sh            the desk
#   ./run.sh demo       a host and two clients at work on the demo clinic; without a display a host and two clients that end by themselves,
#                       pictures in build/demo/
#   ./run.sh pictures [DIR]   a picture of every page into DIR, else docs/pictures; no display is needed
#   ./run.sh hub …      the replica without a window (anteroom-hub …)
#   ./run.sh bench …    figures (anteroom-bench …)
#   ./run.sh sim …      a simulated clinic from a seed (anteroom-sim …)
set -euo pipefail
started_in=$PWD
cd "$(dirname "${BASH_SOURCE[0]}")"
top=$PWD
. .ci/prepare.sh
install_packages
configure

start() {       # relative paths in arguments are those of whoever typed them
    cd "$started_in"
    exec "$top/build/bin/$program" "$@"
}

case ${1:-} in
hub | bench | sim)
    program=anteroom-$1
    shift
    build "$program"
    start "$@"
    ;;
pictures)       # light and dark; Arabic letters, mirrored; 200 %: one process each, for a process has one language and one factor
    program=anteroom
    build "$program"
    folder=$(cd "$started_in" && realpath -m -- "${2:-$top/docs/pictures}")
    export QT_QPA_PLATFORM=offscreen
    build/bin/anteroom --pictures "$folder"
    build/bin/anteroom --pictures "$folder" --language ar
    QT_SCALE_FACTOR=2 build/bin/anteroom --pictures "$folder"
    ;;
*)
    program=anteroom
    build "$program"
    if [ "${1:-}" = demo ] && [ $# = 1 ] && [ -z "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]; then
        say "No display: the demo runs without windows and leaves pictures in build/demo/"
        export QT_QPA_PLATFORM=offscreen
        cd "$top"
        exec build/bin/anteroom --headless-demo build/demo
    fi
    if [ "${1:-}" = demo ] && [ $# = 1 ]; then     # the host and its two clients, a window each
        start demo --all-desks
    fi
    start "$@"
    ;;
esac
