#!/bin/bash
# SPDX-FileCopyrightText: 2026 The Capture Desk authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# packaging/bench.sh [NAME...]   measures the program against its performance targets, each with its reference
# in the same run: start, memory, load, keystroke, sort, hold, export, import, workbook, growth; without a
# name, all of them.
# The figures are valid only on an otherwise idle machine.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/steps.sh"

packaging/dependencies.sh build walk test bench
step "Configuring" cmake --preset bench
step "Building, which takes minutes the first time" \
  cmake --build --preset bench --target bench_window bench_start bench_empty bench_workbook capturedesk-sandbox
exec /usr/bin/python3 tests/bench/measures.py build/bench "$@"
