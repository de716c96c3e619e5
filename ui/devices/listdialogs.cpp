// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/devices/listdialogs.h"

#include <QAbstractTableModel>
#include <QDialogButtonBox>
#include <QFileInfo>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QPushButton>
#include <QTableView>
#include <QVBoxLayout>

#include "ui/common/field.h"
#include "ui/common/text.h"

namespace ui {

using namespace Qt::StringLiterals;

namespace {

/// \brief The lines of a file that could not be used.
class BadLines final : public QAbstractTableModel {
public:
    enum class Column { Line, Reason };

    BadLines(QList<devices::BadLine> lines, QObject* parent)
        : QAbstractTableModel(parent)
        , m_lines(std::move(lines))
    {
    }

    [[nodiscard]] int rowCount(const QModelIndex& parent) const override
    {
        return parent.isValid() ? 0 : int(m_lines.size());
    }
    [[nodiscard]] int columnCount(const QModelIndex& parent) const override
    {
        return parent.isValid() ? 0 : 2;
    }

    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override
    {
        if (!index.isValid() || role != Qt::DisplayRole)
            return {};
        const auto& line = m_lines[index.row()];
        switch (Column(index.column())) {
        case Column::Line: return QLocale().toString(line.line);
        case Column::Reason: return shown(line.reason);
        }
        return {};
    }

    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override
    {
        if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
            return {};
        switch (Column(section)) {
        case Column::Line: return NameDialog::tr("Line");
        case Column::Reason: return NameDialog::tr("Why it was left out");
        }
        return {};
    }

private:
    QList<devices::BadLine> m_lines;
};

QString importExplanation(const QString& file, const devices::ReadList& read)
{
    const auto name = shown(QFileInfo(file).fileName(), 80);
    const auto devices =
        NameDialog::tr("%1 in “%2”.")
            .arg(counted(read.entries.size(), NameDialog::tr("1 device"), NameDialog::tr("%1 devices")),
                 name);
    if (read.bad.isEmpty())
        return devices;
    return QString(devices + u' ' +
                   counted(read.bad.size(), NameDialog::tr("1 line cannot be used:"),
                           NameDialog::tr("%1 lines cannot be used:")));
}

} // namespace

NameDialog::NameDialog(const QString& title, const QString& explanation, const QString& button, Check check,
                       QWidget* parent)
    : QDialog(parent)
    , m_check(std::move(check))
    , m_edit(new QLineEdit)
{
    setObjectName(u"listName"_s);
    setWindowTitle(title);
    setAttribute(Qt::WA_DeleteOnClose);
    auto* words = new QLabel(explanation, this);
    words->setTextFormat(Qt::PlainText);
    words->setWordWrap(true);
    words->setMinimumWidth(360);
    m_edit->setObjectName(u"listNameEdit"_s);
    m_edit->setMaxLength(100);
    m_field = new Field(tr("&Name of the list"), m_edit, this);

    auto* buttons = new QDialogButtonBox(this);
    m_accept = buttons->addButton(button, QDialogButtonBox::AcceptRole);
    m_accept->setObjectName(u"listNameAccept"_s);
    m_accept->setDefault(true);
    buttons->addButton(QDialogButtonBox::Cancel)->setObjectName(u"listNameCancel"_s);
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_edit, &QLineEdit::textChanged, this, &NameDialog::judge);

    auto* column = new QVBoxLayout(this);
    column->setSpacing(12);
    column->addWidget(words);
    column->addWidget(m_field);
    column->addStretch();
    column->addWidget(buttons);
    m_accept->setEnabled(false);
    m_edit->setFocus();
}

void NameDialog::setName(const QString& name)
{
    m_edit->setText(name);
    m_edit->selectAll();
    judge();
}

QString NameDialog::name() const
{
    return m_edit->text().trimmed();
}

void NameDialog::setUsable(bool usable)
{
    m_usable = usable;
    m_edit->setEnabled(usable);
    judge();
}

void NameDialog::insert(QWidget* widget)
{
    static_cast<QVBoxLayout*>(layout())->insertWidget(1, widget, 1);
}

void NameDialog::judge()
{
    const auto wrong = m_check(name());
    // An empty field that nobody has typed in yet is not scolded; the button just waits.
    m_field->setError(m_usable && m_edit->isModified() ? wrong : QString());
    if (m_usable && !m_edit->isModified() && !name().isEmpty())
        m_field->setError(wrong);
    m_accept->setEnabled(m_usable && wrong.isEmpty());
}

ImportDialog::ImportDialog(const QString& file, const devices::ReadList& read, Check check, QWidget* parent)
    : NameDialog(tr("Import list"), importExplanation(file, read), tr("Import"), std::move(check), parent)
{
    if (!read.bad.isEmpty()) {
        auto* table = new QTableView(this);
        table->setObjectName(u"badLines"_s);
        table->setAccessibleName(tr("Lines that cannot be used"));
        table->setModel(new BadLines(read.bad, table));
        table->setSelectionMode(QAbstractItemView::NoSelection);
        table->setTabKeyNavigation(false);
        table->setShowGrid(false);
        table->verticalHeader()->hide();
        table->horizontalHeader()->setStretchLastSection(true);
        table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
        table->resizeColumnToContents(0);
        table->setMinimumSize(460, 140);
        insert(table);
    }
    setUsable(!read.entries.isEmpty());
    if (isUsable())
        setName(QFileInfo(file).completeBaseName().left(100));
}

} // namespace ui
