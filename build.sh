#!/usr/bin/env bash
# The one entry point: ./build.sh help lists the commands.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1

help() {
  cat <<'TEXT'
usage: ./build.sh COMMAND [arguments]
  help                this text
  build               compile everything, warnings are errors
  test [filter]       run all tests; the last line is "N passed, N failed"
  sim [arguments]     run the production engine under virtual time with faults from seeds; --seed S replays one;
                      --mutants tries known slips, --exhaustive every pair of faults
  histories [--count N]  hold every store to the model with N random histories each (default 5000), where the tests try a few
  fuzz [--count N]    send N random requests (default 200000) to the HTTP endpoints, bots in memory, and N/16 with bots in a database;
                      the tests send a few
  bench NAME          run a benchmark and write artifacts/bench/NAME.json: wheel, micro [--quick] [--filter NAME], store [--quick],
                      stored [--quick], http, calendar, punctuality [memory] [sqlite] [postgres] [--quick], scale [--quick],
                      or peers [--quick] [--only NAME]
  chaos [arguments]   node processes on a real PostgreSQL, killed, frozen and cut off: --all, --quick, --kills N, --only NAME;
                      the last line is "chaos: N tests, N failed"
  pack                write the packages to artifacts/packages
  aot                 publish the AOT smoke program as native code and run it
  consume             run the README's example and the tests of docs/testing.md from the packages alone, outside the repository
  check               what CI runs: pack, consume, aot, sim, chaos --quick, test
TEXT
}

build() { dotnet build -c Release -v quiet "$@"; }

# Runs every test project, sums the counts of their result files and says so in one plain last line.
test() {
  need_postgres
  need_chromium
  build
  rm -rf artifacts/tests
  local status=0
  dotnet test -c Release --no-build --logger trx --results-directory artifacts/tests ${1:+--filter "$1"} || status=$?
  local passed failed
  passed=$(sum passed)
  failed=$(sum failed)
  if [ "$status" -ne 0 ] && [ "$failed" -eq 0 ]; then failed=1; fi
  echo "$passed passed, $failed failed"
  [ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
}

# sum ATTRIBUTE: the total of that counter over all result files.
sum() { grep -ho "<Counters [^>]*" artifacts/tests/*.trx 2>/dev/null | grep -o " $1=\"[0-9]*\"" | tr -dc '0-9\n' | awk '{ n += $1 } END { print n + 0 }'; }

# The last line is "sim: N seeds, V violations, H simulated hours in S s"; a failing seed prints the command that replays it.
sim() { dotnet run -c Release --project tests/ScheduledBots.Simulation -- "$@"; }

# The same law as in the tests, over the same N histories for each store; a failure prints the shortest history that goes apart.
histories() {
  if [ "${1:-}" = --count ]; then shift; fi
  local count=${1:-5000} project
  need_postgres
  for project in InMemory EfCore; do
    dotnet build "tests/ScheduledBots.Storage.$project.Tests" -c Release -v quiet
    SCHEDULED_BOTS_HISTORIES=$count dotnet test "tests/ScheduledBots.Storage.$project.Tests" -c Release --no-build \
      --filter "FullyQualifiedName~Random_histories" --logger "console;verbosity=normal"
  done
  echo "histories: $count on each store, all as the model"
}

# No answer is a fault, every refusal is a problem document, and every bot that was accepted can be read, alone and in the list.
fuzz() {
  if [ "${1:-}" = --count ]; then shift; fi
  local count=${1:-200000}
  dotnet build tests/ScheduledBots.AspNetCore.Tests -c Release -v quiet
  SCHEDULEDBOTS_FUZZ_COUNT=$count dotnet test tests/ScheduledBots.AspNetCore.Tests -c Release --no-build \
    --filter "FullyQualifiedName~Fuzz" --logger "console;verbosity=normal"
  echo "fuzz: $count requests, no fault"
}

bench() {
  case "${1:-}" in
    punctuality) need_postgres; dotnet run -c Release --project benchmarks/ScheduledBots.Punctuality -- "${@:2}" ;;
    scale) need_postgres; dotnet run -c Release --project benchmarks/ScheduledBots.Punctuality -- "$@" ;;
    peers) need_postgres; dotnet run -c Release --project benchmarks/ScheduledBots.Peers -- "${@:2}" ;;
    http) need_postgres; dotnet run -c Release --project benchmarks/Http ;;
    store | stored) need_postgres; dotnet run -c Release --project benchmarks/ScheduledBots.Benchmarks -- "$@" ;;
    *) dotnet run -c Release --project benchmarks/ScheduledBots.Benchmarks -- "$@" ;;
  esac
}

# Node processes, a server of its own, and what may befall them; judged from what the processes and the tables say.
chaos() { need_postgres && dotnet run -c Release --project tests/ScheduledBots.Chaos -- "$@"; }

pack() { rm -rf artifacts/packages && dotnet pack -c Release -v quiet && ls artifacts/packages; }

# Native code needs the platform's linker; a clean Debian has none.
aot() {
  if ! command -v clang >/dev/null && ! command -v gcc >/dev/null; then apt_install clang zlib1g-dev; fi
  dotnet publish tests/ScheduledBots.AotSmoke -c Release -v quiet -o artifacts/aot
  artifacts/aot/ScheduledBots.AotSmoke
}

# The storage tests start a PostgreSQL server of their own from the machine's binaries; a clean Debian has none. The
# package would make and start a cluster for the whole machine, which nobody here needs.
need_postgres() {
  if compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null; then return; fi
  apt_install postgresql-common
  as_root sh -c 'mkdir -p /etc/postgresql-common/createcluster.d && echo "create_main_cluster = false" > /etc/postgresql-common/createcluster.d/no-main-cluster.conf'
  apt_install postgresql
}

# The browser tests drive the machine's Chromium; nothing is downloaded by them.
need_chromium() {
  if command -v chromium >/dev/null || command -v google-chrome >/dev/null; then return; fi
  apt_install chromium fonts-liberation
}

as_root() { if [ "$(id -u)" -ne 0 ]; then sudo "$@"; else "$@"; fi; }

apt_install() {
  as_root apt-get update -qq && as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@"
}

# Projects that know nothing but the packages: the README's example, and the tests of docs/testing.md.
consume() {
  [ -d artifacts/packages ] || pack
  consume_program samples/ReadmeExample
  consume_tests samples/TestingExample
}

consume_program() (
  folder=$(consumer "$1" "<OutputType>Exe</OutputType>" ScheduledBots ScheduledBots.Storage.InMemory Microsoft.Extensions.Hosting)
  trap 'rm -rf "$folder"' EXIT
  dotnet run --project "$folder/Consumer.csproj"
)

consume_tests() (
  folder=$(consumer "$1" "<IsTestProject>true</IsTestProject>" ScheduledBots.Testing Microsoft.NET.Test.Sdk xunit.runner.visualstudio)
  trap 'rm -rf "$folder"' EXIT
  dotnet test "$folder/Consumer.csproj"
)

# consumer SAMPLE PROPERTY PACKAGE...: copies a sample's code to a folder outside the repository, beside a project that
# references packages only, and writes that folder. A package folder of its own, so that no older build is found.
consumer() {
  local folder package references=""
  folder=$(mktemp -d)
  cp "$1"/*.cs "$folder"
  for package in "${@:3}"; do references+="    <PackageReference Include=\"$package\" Version=\"$(version_of "$package")\" />"$'\n'; done
  cat > "$folder/Consumer.csproj" <<XML
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup>
    $2
    <TargetFramework>net10.0</TargetFramework>
    <ImplicitUsings>enable</ImplicitUsings>
    <Nullable>enable</Nullable>
    <RestoreAdditionalProjectSources>$PWD/artifacts/packages</RestoreAdditionalProjectSources>
    <RestorePackagesPath>$folder/packages</RestorePackagesPath>
  </PropertyGroup>
  <ItemGroup>
$references  </ItemGroup>
</Project>
XML
  echo "$folder"
}

# version_of PACKAGE: ours is the repository's, any other the one that the repository builds with.
version_of() {
  if [ -d "src/$1" ]; then
    sed -n 's:.*<Version>\(.*\)</Version>.*:\1:p' Directory.Build.props
  else
    sed -n "s:.*PackageVersion Include=\"$1\" Version=\"\([^\"]*\)\".*:\1:p" Directory.Packages.props
  fi
}

# The simulation and chaos come before the tests, whose counts are the last line.
check() { pack && consume && aot && sim && chaos --quick && test; }

command=${1:-help}
[ $# -gt 0 ] && shift
case "$command" in
  help|build|test|histories|fuzz|sim|chaos|bench|pack|aot|consume|check) "$command" "$@" ;;
  *) echo "build.sh: '$command' is not a command; ./build.sh help lists them" >&2; exit 2 ;;
esac
