// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QTimer>
#include <QToolButton>

namespace storage {
class Settings;
}

namespace ui {

/// \brief Button that shows and changes the operator's name.  On a shared workstation the system user does
/// not identify a person.
///
/// If the operator chose to be asked, the name is cleared at the start and after a time without input.
class OperatorButton : public QToolButton {
    Q_OBJECT

public:
    explicit OperatorButton(storage::Settings* settings, QWidget* parent = nullptr);
    ~OperatorButton() override;

    [[nodiscard]] QString name() const { return m_name; } ///< empty: unknown
    /// Returns whether the name is unknown and must be known before a run.
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
