# Sourced by the commands here: finds a JDK 25 or newer and puts it into JAVA_HOME, builds what is missing or older than
# its sources, and sets CLASS_PATH. `root` is the repository's folder.

# is_jdk FOLDER: whether it holds a JDK 25 or newer.
is_jdk() {
  [ -x "$1/bin/javac" ] || return 1
  local version
  version=$("$1/bin/javac" -version 2>/dev/null) || return 1
  version=${version#javac }
  version=${version%%[!0-9]*}
  [ "${version:-0}" -ge 25 ]
}

find_jdk() {
  local folder on_path
  on_path=$(command -v javac || true)
  # A javac on the path is often a link: its JDK is two folders above what it points to.
  while [ -L "$on_path" ]; do
    folder=$(readlink "$on_path")
    case $folder in /*) on_path=$folder ;; *) on_path=$(dirname "$on_path")/$folder ;; esac
  done
  for folder in "${JAVA_HOME:-}" "${on_path%/bin/javac}" /usr/lib/jvm/* "$HOME"/.sdkman/candidates/java/* \
    "$HOME"/.jdks/* /Library/Java/JavaVirtualMachines/*/Contents/Home /opt/java/* /opt/jdk*; do
    if [ -n "$folder" ] && is_jdk "$folder"; then
      (cd "$folder" && pwd)
      return
    fi
  done
  echo "memberday needs a JDK 25 or newer and found none. Install one (https://adoptium.net) or set JAVA_HOME." >&2
  return 1
}

build_if_needed() {
  local mark="$root/local/shop/target/built"
  local changed=yes
  if [ -f "$mark" ]; then
    changed=$(cd "$root" && find pom.xml template.yaml .mvn layers functions local benchmarks \
      \( -name target -o -name .data -o -path '*/src/test' \) -prune -o -type f -newer "$mark" -print | head -n 1)
  fi
  if [ -n "$changed" ]; then
    echo "Building; the first time this downloads libraries and takes some minutes ..." >&2
    rm -f "$mark"
    local from
    from=$(mktemp)
    (cd "$root" && ./mvnw -q -B -DskipTests package) >&2
    # Of the time when the build began: what was edited meanwhile is newer.
    mv "$from" "$mark"
  fi
}

JAVA_HOME=$(find_jdk)
export JAVA_HOME
build_if_needed
CLASS_PATH="$root/local/shop/target/classes:$root/local/shop/target/lib/*"
