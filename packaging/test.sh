#!/bin/bash
# SPDX-FileCopyrightText: 2026 The Capture Desk authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# packaging/test.sh [ARGUMENT...]   builds everything from a clone on Debian 12 and runs all tests.
# Arguments are passed to ctest, for example `-L unit` or `-R main_job`.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/steps.sh"

packaging/dependencies.sh build walk test
step "Configuring" cmake --preset test
step "Building, which takes minutes the first time" cmake --build --preset test
exec ctest --preset test "$@" </dev/null
