# Functions that bin/kv and bin/image share: where the JDK is, and the program's jars, built where they are out of date.
# To be sourced by bash, with $root set to the checkout's folder.

build_log=$root/target/kv-build.log
current=$root/target/kv/current

say() {
  printf 'kv: %s\n' "$*" >&2
}

fail() {
  say "$@"
  exit 1
}

# Prints the feature version of the JDK in folder $1; fails if there is none.
jdk_version() {
  local line
  [[ -x $1/bin/javac && -r $1/release ]] || return 1
  line=$(grep -m1 '^JAVA_VERSION=' "$1/release") || return 1
  line=${line#JAVA_VERSION=\"}
  printf '%s\n' "${line%%[.\"-+]*}"
}

# Prints the folder of a JDK of at least 25: JAVA_HOME's, the PATH's, or one from the usual places.
find_jdk() {
  local java candidate version
  java=$(command -v java || true)
  [[ -z $java ]] || java=$(cd "$(dirname "$(readlink -f "$java")")/.." && pwd -P)
  for candidate in "${JAVA_HOME-}" "$java" /usr/lib/jvm/* /usr/java/* /opt/java/* /opt/jdk* \
      "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/* /Library/Java/JavaVirtualMachines/*/Contents/Home; do
    if version=$(jdk_version "$candidate") && ((version >= 25)); then
      printf '%s\n' "$candidate"
      return
    fi
  done
  fail "JDK 25 or newer is needed, and none was found in JAVA_HOME, on the PATH or in the usual places:" \
    "install one (for example from https://adoptium.net), or set JAVA_HOME to its folder."
}

# Says whether anything that the program is made of has changed since file $1 was written.
changed_since() {
  [[ ! -e $1 || -n $(find "$root"/pom.xml "$root"/kv-{api,codec,engine,server}/{pom.xml,src/main} \
    -newer "$1" -print -quit) ]]
}

# Brings target/kv/current up to date: the folder of all jars of the program. Of several calls at once, one builds.
ensure_program() {
  changed_since "$current/built" || return 0
  mkdir -p "$root/target/kv"
  (
    if command -v flock >/dev/null; then
      flock 9
      changed_since "$current/built" || exit 0
    fi
    build_program
  ) 9>"$root/target/kv/lock"
}

# Builds the program, and puts its jars where no later build overwrites them under a running server.
build_program() {
  command -v mvn >/dev/null ||
    fail "Maven builds the program, and there is no 'mvn' on the PATH: install Maven 3.8 or newer."
  local jdk next
  jdk=$(find_jdk)
  if [[ -e $current ]]; then
    say "the sources have changed: building, which takes about half a minute (log: $build_log)"
  else
    say "building the program, which takes a minute or two the first time (log: $build_log)"
  fi
  next=$root/target/kv/$(date +%s)-$$
  mkdir -p "$next/lib"
  touch "$next/built"
  rm -rf "$root/kv-server/target/lib"
  if ! (cd "$root" && JAVA_HOME=$jdk mvn -B -Dmaven.test.skip=true -pl kv-server -am package) >"$build_log" 2>&1; then
    rm -rf "$next"
    grep '^\[ERROR\]' "$build_log" | head -n 5 >&2 || true
    fail "the build failed; the whole log is $build_log"
  fi
  cp "$root"/kv-server/target/lib/*.jar "$root"/kv-server/target/kv-server-*.jar "$next/lib"
  ln -sfn "$next" "$current"
  # The one before stays for a server that still runs from it.
  (cd "$root/target/kv" && ls -dt -- *-* | tail -n +3 | xargs -r rm -rf)
}
