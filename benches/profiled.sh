#!/usr/bin/env bash
# Builds with what the compiler learns from a run over generated orders: which code is hot, so that it lies together
# and its small functions are taken in. About a quarter of an hour.
#
#     benches/profiled.sh build --release               a faster program: target/profiled/HOST/release/prikaz
#     benches/profiled.sh bench --bench pipeline        the benchmarks of such a program
#
# It needs the tools of the compiler that rustc itself brings: rustup component add llvm-tools
set -euo pipefail
cd "$(dirname "$0")/.."

host=$(rustc -vV | sed -n 's/^host: //p')
merge="$(rustc --print sysroot)/lib/rustlib/$host/bin/llvm-profdata"
if [ ! -x "$merge" ]; then
  echo "missing: llvm-profdata; install it with: rustup component add llvm-tools" >&2
  exit 1
fi
if [ $# = 0 ]; then
  sed -n 's/^# \{0,1\}//p' "$0" >&2
  exit 2
fi

profile="$PWD/target/profiled/orders.profdata"
counts=$(mktemp -d)
archive=$(mktemp -d)
trap 'rm -rf "$counts" "$archive"' EXIT

# A target of its own, so that the flags reach the program and not what builds it.
RUSTFLAGS="-Cprofile-generate=$counts" \
  cargo build --release --locked --example generate --target "$host" --target-dir target/profiled/learning
"target/profiled/learning/$host/release/examples/generate" "$archive/orders" 5000
mkdir -p target/profiled
"$merge" merge -o "$profile" "$counts"

RUSTFLAGS="-Cprofile-use=$profile" cargo "$@" --locked --target "$host" --target-dir target/profiled
