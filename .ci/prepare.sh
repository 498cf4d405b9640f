# Sourced by run.sh and test.sh, from the top folder: packages that are missing, and a configured build/.
# Never touches a machine that already has everything: then nothing here takes longer than a second.

say() { printf '%s\n' "$*" >&2; }

as_root() {
    if [ "$(id -u)" = 0 ]; then
        "$@"
    elif command -v sudo >/dev/null; then
        sudo "$@"
    else
        say "Root rights are needed for: $*"
        say "Install the packages of packages.txt as root, then start again."
        return 1
    fi
}

install_packages() {
    local wanted missing
    wanted=$(sed 's/#.*//' packages.txt | tr -s ' \t\n' '\n' | sed '/^$/d' | sort)
    if ! command -v dpkg-query >/dev/null; then
        say "This is no Debian: the packages of packages.txt, or what they are called here, must be installed."
        return 0
    fi
    # shellcheck disable=SC2086  # a list of names
    missing=$(comm -23 <(echo "$wanted") \
        <(dpkg-query -W -f='${db:Status-Status} ${Package}\n' $wanted 2>/dev/null | sed -n 's/^installed //p' | sort -u))
    [ -z "$missing" ] && return 0
    # shellcheck disable=SC2086
    say "Installing with apt: $(echo $missing)"
    as_root env DEBIAN_FRONTEND=noninteractive apt-get -q -y update >&2
    # shellcheck disable=SC2086
    as_root env DEBIAN_FRONTEND=noninteractive apt-get -q -y install --no-install-recommends $missing >&2
}

# configure [cmake arguments]: build/ for this checkout; ninja itself sees later changes of CMakeLists.txt.
configure() {
    if [ -f build/CMakeCache.txt ] && ! grep -qxF "CMAKE_HOME_DIRECTORY:INTERNAL=$(pwd -P)" build/CMakeCache.txt; then
        rm -rf build/CMakeCache.txt build/CMakeFiles      # the checkout was moved or copied
    fi
    if [ ! -f build/build.ninja ] || [ ! -f build/CMakeCache.txt ]; then
        cmake --preset dev >&2
    fi
}

# build [target…]: everything without a target. Quiet where nothing is to do.
build() {
    local targets=()
    [ $# -gt 0 ] && targets=(--target "$@")
    cmake --build build --parallel "$(nproc)" "${targets[@]}" >&2
}
