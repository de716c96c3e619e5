// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QTimer>
#include <QToolButton>

namespace storage {
class Settings;
}

namespace ui {

/// \brief Who is at work: on a shared workstation the system's user says little.
///
/// Where the operator wants to be asked, the name is forgotten at the start and after a while without work.
class OperatorButton : public QToolButton {
    Q_OBJECT

public:
    explicit OperatorButton(storage::Settings* settings, QWidget* parent = nullptr);
    ~OperatorButton() override;

    [[nodiscard]] QString name() const { return m_name; } ///< empty: not known
    /// It has to be known before a run.
    [[nodiscard]] bool isMissing() const;

Q_SIGNALS:
    void changed();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void choose(const QString& name);
    void askName();
    void fillMenu();
    void refresh();

    storage::Settings* m_settings;
    QString m_name;
    QTimer m_idle;
};

} // namespace ui
