# shellcheck shell=bash
# What bin/run, bin/test, bin/check and bin/lock share: making everything ready on a bare machine, once.
#
# A finished step leaves a stamp: the digest of all that the step was made from. A step whose stamp fits is skipped;
# one that was interrupted has no stamp and is made again. Stamps are compared in bash, without starting Python,
# because a second start should cost next to nothing.
# All paths are relative to the project's folder, which the calling script has made the current one.

# Machines that make images often forbid Python to keep what it compiled; then each start would compile everything anew.
unset PYTHONDONTWRITEBYTECODE

PYTHON=.venv/bin/python
BUNDLES=app/static/dist

say() { printf '%s\n' "$*" >&2; }

refuse() {
    say "$*"
    exit 1
}

if ((BASH_VERSINFO[0] * 100 + BASH_VERSINFO[1] < 403)); then
    refuse "This script needs bash 4.3 or newer; this is $BASH_VERSION."
fi
command -v sha256sum >/dev/null || refuse "This script needs sha256sum (Debian: apt-get install coreutils)."

digest_of() { sha256sum -- "$@" | sha256sum; }

stamp_fits() { [[ -f $1 && $(<"$1") == "$2" ]]; }

# --- Python packages -------------------------------------------------------------------------------------------------

find_python() {
    local name
    for name in python3.13 python3.12 python3.11 python3.14 python3 python; do
        if "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            printf '%s\n' "$name"
            return
        fi
    done
    refuse "Rezonans needs Python 3.11 or newer, and none was found. Debian, Ubuntu: apt-get install python3 python3-venv"
}

make_environment() {
    local folder=$1 python
    python=$(find_python) || exit 1
    if ! "$python" -c 'import venv, ensurepip' 2>/dev/null; then
        refuse "$python cannot make virtual environments. Debian, Ubuntu: apt-get install $("$python" -c 'import sys
print("python%d.%d-venv" % sys.version_info[:2])')"
    fi
    "$python" -m venv --clear "$folder"
}

pip_install() {
    local folder=$1
    shift
    # Digests and wheels only: nothing runs during the installation, and nothing but what was locked is installed.
    "$folder/bin/python" -m pip install -qq --disable-pip-version-check --no-input \
        --require-hashes --only-binary :all: "$@"
}

# The interpreter is part of the stamp: an environment does not survive an upgrade from 3.11 to 3.13.
packages_digest() {
    printf '%s %s' "$(readlink -f "$PYTHON" || true)" "$(digest_of "$1")"
}

packages_ready() {
    [[ -x $PYTHON ]] && stamp_fits ".venv/.locked-$1" "$(packages_digest "$2")"
}

# install_packages run|dev: the packages of the product, or those and the tools for tests and checks.
install_packages() {
    local kind=$1 file=requirements.txt
    [[ $kind == dev ]] && file=requirements-dev.txt
    packages_ready "$kind" "$file" && return
    # A broken-off installation can leave a package that looks whole: then start afresh.
    if [[ -e .venv/.installing ]] || ! "$PYTHON" -m pip --version >/dev/null 2>&1; then
        make_environment .venv
    fi
    : >.venv/.installing
    say "Installing Python packages (once, about half a minute) …"
    if ! pip_install .venv -r "$file"; then
        refuse "The Python packages could not be installed; the lines above say why. Is there a connection? Then start again."
    fi
    if [[ $kind == dev ]]; then # holds everything of requirements.txt too
        packages_digest requirements.txt >.venv/.locked-run
    fi
    packages_digest "$file" >".venv/.locked-$kind"
    rm .venv/.installing
}

# --- Front end -------------------------------------------------------------------------------------------------------

# Templates and Python are among the sources: style rules whose names stand in neither are left out of the bundle.
front_end_digest() {
    local sources=()
    mapfile -d '' -t sources < <(
        find package.json package-lock.json app -path "$BUNDLES" -prune -o -name __pycache__ -prune -o \
            -path app/translations -prune -o -type f -print0 | LC_ALL=C sort -z
    )
    digest_of "${sources[@]}"
}

front_end_ready() { stamp_fits "$BUNDLES/.sources" "$(front_end_digest)"; }

# Puts node and npm on the PATH: the machine's own when recent enough, else those of the locked PyPI package.
find_node() {
    local version
    version=$(node --version 2>/dev/null) || version=v0
    version=${version#v}
    if ((${version%%.*} >= 18)) && command -v npm >/dev/null; then
        return
    fi
    local stamp=.venv-node/.locked fits
    fits="$PWD $(digest_of requirements-node.txt)" # its scripts hold the path of the folder
    if ! stamp_fits "$stamp" "$fits"; then
        say "No Node.js 18 or newer was found: fetching one for the build (once, about 70 MB) …"
        make_environment .venv-node
        if ! pip_install .venv-node -r requirements-node.txt; then
            refuse "Node.js could not be fetched. Is there a connection? Or install nodejs and npm, and start again."
        fi
        printf '%s\n' "$fits" >"$stamp"
    fi
    PATH=$PWD/.venv-node/bin:$PATH
}

with_node() (find_node && "$@")

build_front_end() {
    local sources packages stamp=node_modules/.locked
    front_end_ready && return
    sources=$(front_end_digest)
    find_node
    # Node brings its own list of authorities; behind a company's proxy the machine's list is the right one.
    if [[ -z ${NODE_EXTRA_CA_CERTS:-} && -f /etc/ssl/certs/ca-certificates.crt ]]; then
        export NODE_EXTRA_CA_CERTS=/etc/ssl/certs/ca-certificates.crt
    fi
    packages="$(node --version) $(digest_of package-lock.json)"
    if ! stamp_fits "$stamp" "$packages"; then
        say "Installing front-end packages (once) …"
        if ! npm ci --ignore-scripts --no-audit --no-fund --no-update-notifier --loglevel=error \
            --fetch-retries=1 --fetch-timeout=30000; then
            refuse "The front-end packages could not be installed; the lines above say why. Is there a connection?"
        fi
        printf '%s\n' "$packages" >"$stamp"
    fi
    say "Building the front end …"
    npm run --silent build || refuse "The front end could not be built; the lines above say why."
    printf '%s\n' "$sources" >"$BUNDLES/.sources"
}

# --- Translations ----------------------------------------------------------------------------------------------------

translations_ready() {
    local catalogue
    for catalogue in app/translations/*/LC_MESSAGES/*.po; do
        [[ ! -e $catalogue ]] || [[ -f ${catalogue%.po}.mo && ! $catalogue -nt ${catalogue%.po}.mo ]] || return 1
    done
}

compile_translations() {
    local said
    translations_ready && return
    # Babel complains of plural forms that name the number where the singular does not; the tests look at placeholders.
    if ! said=$("$PYTHON" -m babel.messages.frontend --quiet compile --directory app/translations 2>&1); then
        refuse "$said"$'\n'"The translations could not be compiled; the lines above say why."
    fi
}

# --- All of it -------------------------------------------------------------------------------------------------------

everything_ready() {
    packages_ready run requirements.txt && { [[ $1 == run ]] || packages_ready dev requirements-dev.txt; } &&
        front_end_ready && translations_ready
}

# Without job control bash would let background work ignore Ctrl-C; with it, the work gets a process group of its own
# that can be ended as a whole.
in_own_group() {
    set -m
    "$@" </dev/null &
    set +m
}

end_group() { kill -TERM -- "-$1" 2>/dev/null || true; }

install_side_by_side() {
    local kind=$1 front_end packages status=0
    in_own_group build_front_end
    front_end=$!
    in_own_group install_packages "$kind"
    packages=$!
    trap 'end_group "$front_end"; end_group "$packages"; exit 130' INT TERM HUP
    wait "$packages" || status=$?
    if ((status)); then
        end_group "$front_end"
        exit "$status"
    fi
    wait "$front_end" || exit "$?"
    trap - INT TERM HUP
}

# make_ready run|dev: when all is ready this returns at once; else one of several callers does the work.
make_ready() {
    local mask lock
    everything_ready "$1" && return
    mask=$(umask)
    umask 022 # what is built here is no secret, and a proxy may want to serve it
    mkdir -p build
    exec {lock}>build/make-ready.lock
    if command -v flock >/dev/null && ! flock --nonblock "$lock"; then
        say "Another start is making things ready: waiting for it …"
        flock "$lock"
    fi
    install_side_by_side "$1"
    compile_translations
    # Held by the work as well, and so until its end, even when this script is killed meanwhile.
    exec {lock}>&-
    umask "$mask"
}
