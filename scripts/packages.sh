# What must be installed, and the one place that installs it. Sourced by quickstart, test and the CI script.

# To build and run guiju: compiler, scanner and parser generators, the libraries, the CJK font of the pictures.
packages_build="gcc g++ cmake ninja-build pkg-config flex bison libxml2-dev libgraphviz-dev libfontconfig-dev libjansson-dev
libutf8proc-dev libgmp-dev libssl-dev librsvg2-bin fonts-noto-cjk"
# To test it as well.
packages_test="clang libclang-rt-14-dev llvm check libxml2-utils xsltproc valgrind python3 jq z3"
# Of npm: reads BPMN, and carries its schema.
packages_npm="bpmn-moddle@10.3.1"
# Of the CI alone.
packages_lint="clang-tidy clang-format cppcheck"

# need PACKAGES…: installs those that are missing, and says so; offline when none is.
need() {
  missing=
  for package in "$@"; do
    dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing="$missing $package"
  done
  [ -n "$missing" ] || return 0
  echo "installing$missing: needed to build and run guiju"
  run_as_root=
  [ "$(id -u)" = 0 ] || run_as_root=sudo
  export DEBIAN_FRONTEND=noninteractive
  # shellcheck disable=SC2086
  $run_as_root apt-get install -y -qq $missing >/dev/null 2>&1 || {
    $run_as_root apt-get update -qq
    $run_as_root apt-get install -y -qq $missing >/dev/null
  }
}

# need_npm FOLDER PACKAGES…: the same for those of npm, NAME@VERSION, into FOLDER/node_modules; no script of theirs is run.
need_npm() {
  command -v npm >/dev/null || need nodejs npm
  folder=$1
  shift
  missing=
  for package in "$@"; do
    grep -qs "\"version\": *\"${package##*@}\"" "$folder/node_modules/${package%@*}/package.json" || missing="$missing $package"
  done
  [ -n "$missing" ] || return 0
  echo "installing$missing: needed to test what guiju exports"
  # shellcheck disable=SC2086
  npm install --prefix "$folder" --no-save --no-audit --no-fund --ignore-scripts --loglevel=error $missing >/dev/null
}
