// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/options/optionspanel.h"

#include <QComboBox>
#include <QHash>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>

#include "captures/desk.h"
#include "captures/presets.h"
#include "captures/retry.h"
#include "ui/common/text.h"
#include "ui/common/theme.h"
#include "ui/connect/color.h"
#include "ui/options/captureform.h"
#include "ui/options/operatorbutton.h"
#include "ui/options/reviewsheet.h"

namespace ui {

/// What is missing before a run can start, checked in the order in which the operator fills it in.
struct Missing {
    QString what;
    QWidget* where = nullptr;
};

class OptionsPanel::Private {
public:
    Private(OptionsPanel* panel, storage::Settings* settings)
        : q(panel)
        , presets(captures::presets())
        , preset(new QComboBox(panel))
        , help(new QLabel(panel))
        , summary(new QLabel(panel))
        , change(new QPushButton(tr("Change"), panel))
        , form(new CaptureForm)
        , scroll(new QScrollArea(panel))
        , ticket(new QLineEdit(panel))
        , who(new OperatorButton(settings, panel))
        , hint(new QLabel(panel))
        , run(new QPushButton(panel))
    {
    }

    [[nodiscard]] const captures::Preset& chosen() const
    {
        return presets[std::max(0, preset->currentIndex())];
    }

    [[nodiscard]] bool isChanged() const
    {
        return !(form->form() == captures::OptionsForm::from(chosen().options));
    }

    [[nodiscard]] std::optional<Missing> missing() const
    {
        if (!desk)
            return Missing{tr("Choose a connection."), nullptr};
        if (desk->isReadOnly())
            return Missing{
                tr("This key may only look, or not start captures from this network. Ask its owner "
                   "for “Cloudflare DEX Write”."),
                nullptr};
        if (desk->fleet().tickedCount() == 0)
            return Missing{tr("Tick a device."), nullptr};
        if (const auto problem = form->form().problem(); !problem.isEmpty())
            return Missing{problem, form};
        if (ticket->text().trimmed().isEmpty())
            return Missing{tr("Type the ticket, or the reason."), ticket};
        if (who->isMissing())
            return Missing{tr("Choose the operator."), who};
        return std::nullopt;
    }

    void refresh()
    {
        const auto lack = missing();
        const auto options = form->form().problem().isEmpty() ? form->form().options() : captures::Options{};
        summary->setText(form->form().problem().isEmpty() ? options.summary() : form->form().problem());
        help->setText(isChanged() ? tr("Changed from “%1”.").arg(chosen().name) : chosen().help);
        const auto count = desk ? desk->fleet().tickedCount() : 0;
        const auto devices = count == 0 ? QString() : countText(ticked());
        const auto name = desk ? desk->connection().name : QString();
        // An ampersand in a customer's name is not an access key, and the text must not be wider than the
        // panel.
        constexpr int widest = 210;
        auto customer = run->fontMetrics().elidedText(shown(name), Qt::ElideRight, widest);
        if (customer.endsWith(u'…'))
            customer.chop(1); // the button's own text ends with one
        run->setText(count == 0 ? tr("Run…") : tr("Run on %1\nat %2…").arg(devices, menuText(customer)));
        run->setIcon(desk ? patch(colorOf(desk->connection())) : QIcon());
        run->setAccessibleName(count == 0 ? tr("Run…") : tr("Run on %1 at %2…").arg(devices, shown(name)));
        QStringList hints;
        if (const auto today = desk ? desk->today() : std::nullopt; today && today->free() == 0) {
            const auto why = today->left == 0 ? tr("Today's captures are used up, by everyone together.")
                             : today->promised() > 0
                                 ? tr("The captures left today are promised to %1.")
                                       .arg(shown(today->promisedTo.join(QStringLiteral(", ")), 60))
                                 : tr("The captures left today are kept for colleagues.");
            hints << tr("%1 What you run waits until %2.").arg(why, clock(today->reset));
        }
        if (lack)
            hints << lack->what;
        hint->setText(hints.join(u'\n'));
        hint->setVisible(!hints.isEmpty());
        run->setEnabled(desk && !desk->isReadOnly());
        form->setInterfacesAllowed(!desk || desk->client().formats().next() == api::Format::Documented);
    }

    /// Two users of one machine count as one device.
    [[nodiscard]] Count ticked() const
    {
        constexpr qsizetype most = 2000; // more are not inspected at each refresh
        const auto users = int(desk->fleet().tickedCount());
        return users > most ? Count{.devices = users, .users = users} : countOf(desk->fleet().ticked());
    }

    /// Saves the typed options and the ticket for this connection: they are not valid for another customer.
    void keepDraft()
    {
        if (!desk)
            return;
        desk->fleet().disconnect(q);
        desk->disconnect(q);
        drafts[desk] = {ticket->text(), preset->currentIndex(), form->form()};
        QObject::connect(desk, &QObject::destroyed, q, [this, one = desk] { drafts.remove(one); });
        QObject::connect(desk, &captures::Desk::recorded, q, [this, one = desk](qint64, bool ofTicks) {
            if (ofTicks)
                drafts.remove(one);
        });
    }

    void takeDraft()
    {
        if (desk)
            desk->disconnect(q);
        const auto draft = drafts.take(desk);
        preset->setCurrentIndex(draft.preset);
        form->setForm(draft.form.value_or(captures::OptionsForm::from(chosen().options)));
        ticket->setText(draft.ticket);
    }

    void unfold(bool open)
    {
        form->setVisible(open);
        change->setText(open ? tr("Hide options") : tr("Change"));
    }

    struct Draft {
        QString ticket;
        int preset = 0;
        std::optional<captures::OptionsForm> form = {};
    };

    OptionsPanel* q;
    QHash<captures::Desk*, Draft> drafts; ///< of the connections that are not shown
    captures::Desk* desk = nullptr;
    QList<captures::Preset> presets;
    QComboBox* preset;
    QLabel* help;
    QLabel* summary;
    QPushButton* change;
    CaptureForm* form;
    QScrollArea* scroll;
    QLineEdit* ticket;
    OperatorButton* who;
    QLabel* hint;
    QPushButton* run;
    bool firstHere = false; ///< no run since the operator switched to this connection
};

OptionsPanel::OptionsPanel(storage::Settings* settings, QWidget* parent)
    : QWidget(parent)
    , d(std::make_unique<Private>(this, settings))
{
    auto* heading = new QLabel(tr("Capture"), this);
    auto font = heading->font();
    font.setBold(true);
    heading->setFont(font);
    auto* presetLabel = new QLabel(tr("Preset"), this);
    presetLabel->setBuddy(d->preset);
    d->preset->setObjectName(QStringLiteral("preset"));
    d->preset->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    for (const auto& preset : std::as_const(d->presets))
        d->preset->addItem(preset.name);
    d->help->setWordWrap(true);
    d->help->setForegroundRole(QPalette::PlaceholderText);
    d->summary->setObjectName(QStringLiteral("optionsSummary"));
    d->summary->setWordWrap(true);
    d->change->setObjectName(QStringLiteral("change"));
    d->change->setAccessibleName(tr("Change the options"));
    d->ticket->setObjectName(QStringLiteral("ticket"));
    d->ticket->setPlaceholderText(QStringLiteral("INC0012345"));
    d->ticket->setMaxLength(200);
    auto* ticketLabel = new QLabel(tr("Ticket"), this);
    ticketLabel->setBuddy(d->ticket);
    d->hint->setObjectName(QStringLiteral("missing"));
    d->hint->setWordWrap(true);
    d->hint->setForegroundRole(QPalette::PlaceholderText);
    d->run->setObjectName(QStringLiteral("run"));
    auto runFont = d->run->font();
    runFont.setBold(true);
    d->run->setFont(runFont);
    d->run->setMinimumHeight(2 * fontMetrics().height() + 14);

    d->scroll->setWidget(d->form);
    d->scroll->setWidgetResizable(true);
    d->scroll->setFrameShape(QFrame::NoFrame);
    d->scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    d->form->setVisible(false);

    auto* line = new QHBoxLayout;
    line->addWidget(d->summary, 1);
    line->addWidget(d->change, 0, Qt::AlignTop);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(heading);
    layout->addWidget(presetLabel);
    layout->addWidget(d->preset);
    layout->addWidget(d->help);
    layout->addLayout(line);
    layout->addWidget(d->scroll, 1);
    layout->addWidget(ticketLabel);
    layout->addWidget(d->ticket);
    layout->addWidget(d->who);
    layout->addWidget(d->hint);
    layout->addWidget(d->run);

    connect(d->preset, &QComboBox::currentIndexChanged, this,
            [this] { d->form->setForm(captures::OptionsForm::from(d->chosen().options)); });
    connect(d->form, &CaptureForm::edited, this, [this] { d->refresh(); });
    connect(d->ticket, &QLineEdit::textChanged, this, [this] { d->refresh(); });
    connect(d->ticket, &QLineEdit::returnPressed, this, &OptionsPanel::review);
    connect(d->who, &OperatorButton::changed, this, [this] {
        if (d->desk)
            d->desk->setOperator(d->who->name());
        d->refresh();
    });
    connect(d->change, &QPushButton::clicked, this, [this] { d->unfold(!d->form->isVisible()); });
    connect(d->run, &QPushButton::clicked, this, &OptionsPanel::review);
    d->form->setForm(captures::OptionsForm::from(d->chosen().options));
}

OptionsPanel::~OptionsPanel() = default;

void OptionsPanel::setDesk(captures::Desk* desk)
{
    if (desk == d->desk)
        return;
    d->firstHere = d->desk != nullptr; // a switch; at the start no other customer can be confused
    d->keepDraft();
    d->desk = desk;
    d->takeDraft();
    if (desk) {
        desk->setOperator(d->who->name());
        connect(&desk->fleet(), &devices::Fleet::ticksChanged, this, [this] { d->refresh(); });
        connect(desk, &captures::Desk::quotaChanged, this, [this] { d->refresh(); });
        connect(desk, &captures::Desk::accessChanged, this, [this] { d->refresh(); });
        // The inputs are cleared only after the run is safely in the journal.
        connect(desk, &captures::Desk::recorded, this, [this](qint64 run, bool ofTicks) {
            d->firstHere = false;
            if (ofTicks) {
                d->ticket->clear();
                d->form->setForm(captures::OptionsForm::from(d->chosen().options));
                d->unfold(false);
            }
            Q_EMIT runStarted(run);
        });
    }
    d->refresh();
}

void OptionsPanel::focusTicket()
{
    d->ticket->setFocus(Qt::ShortcutFocusReason);
    d->ticket->selectAll();
}

void OptionsPanel::review()
{
    if (const auto lack = d->missing()) {
        d->refresh();
        if (lack->where == d->ticket) {
            focusTicket();
        } else if (lack->where == d->form) {
            d->unfold(true);
            d->form->focusProblem();
        } else if (lack->where == d->who) {
            d->who->setFocus(Qt::ShortcutFocusReason);
            d->who->showMenu();
        }
        return;
    }
    const ReviewSheet::Subject subject{
        .plan = [desk = d->desk, options = d->form->form().options()](
                    const captures::Choices& choices, bool) { return desk->plan(options, choices); },
        .reason = {.ticket = d->ticket->text().trimmed(), .operatorName = d->who->name()},
        .preset = d->isChanged() ? tr("%1 (changed)").arg(d->chosen().name) : d->chosen().name,
        .firstHere = d->firstHere,
    };
    (new ReviewSheet(d->desk, subject, window()))->open();
}

void OptionsPanel::reviewAgain(const QList<qint64>& ids)
{
    if (!d->desk || ids.isEmpty())
        return;
    if (d->who->isMissing()) {
        d->who->setFocus(Qt::ShortcutFocusReason);
        d->who->showMenu();
        return;
    }
    QStringList tickets, improvements;
    qint64 run = 0;
    for (const auto id : ids) {
        const auto* capture = d->desk->capture(id);
        if (!capture || !captures::canRepeat(capture->state))
            continue;
        run = run == 0 ? capture->run : run;
        if (!tickets.contains(capture->ticket))
            tickets << capture->ticket;
        if (const auto change = captures::improvement(*capture);
            !change.isEmpty() && !improvements.contains(change))
            improvements << change;
    }
    const ReviewSheet::Subject subject{
        .plan = [desk = d->desk, ids](const captures::Choices& choices,
                                      bool improve) { return desk->planAgain(ids, improve, choices); },
        .reason = {.ticket = tickets.join(QStringLiteral(", ")),
                   .operatorName = d->who->name(),
                   .origin = run},
        .preset = tr("Run again"),
        .improvements = improvements,
        .firstHere = d->firstHere,
    };
    (new ReviewSheet(d->desk, subject, window()))->open();
}

} // namespace ui
