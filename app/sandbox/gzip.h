// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>

namespace sandbox {

/// Compresses for `Content-Encoding: gzip`.
[[nodiscard]] QByteArray gzip(const QByteArray& bytes);

} // namespace sandbox
