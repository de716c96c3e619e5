// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <chrono>
#include <optional>

#include <QList>
#include <QObject>

#include "captures/desk.h"
#include "ui/common/theme.h"

namespace ui {

/// \brief What is wrong at the moment with one desk, in the operator's words, the newest last.
class Troubles final : public QObject {
    Q_OBJECT

public:
    /// \brief One thing that is wrong.
    struct Trouble {
        std::optional<connections::Act> act; ///< none: told by the window itself
        Tone tone = Tone::Bad;
        QString what;
        QString todo;
        QString details;
        bool canTryAgain = false;
    };

    explicit Troubles(captures::Desk* desk, QObject* parent = nullptr);

    [[nodiscard]] const QList<Trouble>& all() const { return m_all; }
    void tell(const QString& sentence); ///< of something that failed here, not at the service
    void dismiss();                     ///< the newest

Q_SIGNALS:
    void changed();

private:
    void failed(connections::Act act, const api::Error& error);
    void healed(connections::Act act);
    void slowed(std::chrono::seconds wait);
    void put(Trouble trouble);

    QList<Trouble> m_all;
};

} // namespace ui
