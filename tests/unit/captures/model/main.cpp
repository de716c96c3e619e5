// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Runs `Core` against a small model of its environment, over any number of random sequences.
//
//   captures_model [--count N] [--seed FIRST] [--expect-bug]
//
// `--seed 4711 --count 1` is sequence 4711 alone; `--expect-bug` fails if no rule is broken.
//
// A sequence that breaks a rule is shortened as long as it still breaks the same rule, then printed.

#include <chrono>
#include <cstdio>
#include <exception>

#include <QCoreApplication>
#include <QHashSeed>
#include <QStringList>

#include "world.h"

namespace {

std::optional<std::string> broken(quint64 seed, model::Moves& moves, const std::set<int>& skipped = {},
                                  model::World::Say say = {})
{
    try {
        model::World(seed, moves, skipped, std::move(say)).play();
    } catch (const model::Broken& broken) {
        return broken.rule;
    } catch (const std::exception& exception) {
        return std::string("no exception: ") + exception.what();
    }
    return std::nullopt;
}

/// Returns the events that can be skipped while the rule is still broken.
std::set<int> shortened(quint64 seed, const std::string& rule)
{
    std::set<int> skipped;
    model::Moves moves;
    for (int event = model::World(seed, moves).events() - 1; event >= 0; --event) {
        auto more = skipped;
        more.insert(event);
        if (broken(seed, moves, more) == rule)
            skipped = std::move(more);
    }
    return skipped;
}

void tell(quint64 seed, const std::string& rule)
{
    std::printf("sequence %llu breaks the rule: %s\n", static_cast<unsigned long long>(seed), rule.c_str());
    QString last;
    model::Moves moves;
    (void)broken(seed, moves, shortened(seed, rule), [&last](const QString& line) {
        if (line != last)
            std::printf("  %s\n", qPrintable(line));
        last = line;
    });
}

/// The number after an option.
quint64 number(const QStringList& arguments, const QString& option, quint64 otherwise)
{
    const auto at = arguments.indexOf(option);
    return at < 0 ? otherwise : arguments.value(at + 1).toULongLong();
}

/// Checks that rare but important transitions occurred: a test that never reaches them proves nothing.
bool reaches(const model::Moves& moves, quint64 count)
{
    using captures::State;
    for (const auto& move :
         {std::pair{State::Sending, State::Checking}, std::pair{State::Sending, State::WaitingTurn},
          std::pair{State::Checking, State::OnDevice}, std::pair{State::Checking, State::NotStarted},
          std::pair{State::NotStarted, State::OnDevice}, std::pair{State::NotStarted, State::Failed},
          std::pair{State::OnDevice, State::Deleted}, std::pair{State::Deleted, State::OnDevice}}) {
        if (count >= 10'000 && !moves.contains(move)) {
            std::printf("no sequence comes to %s\n", qPrintable(captures::stateText(move.second)));
            return false;
        }
    }
    return count > 0;
}

} // namespace

int main(int argc, char** argv)
{
    QHashSeed::setDeterministicGlobalSeed(); // a sequence is the same in each process
    const QCoreApplication app(argc, argv);
    const auto arguments = QCoreApplication::arguments();
    const auto count = number(arguments, QStringLiteral("--count"), 100'000);
    const auto first = number(arguments, QStringLiteral("--seed"), 1);
    const bool expectsBug = arguments.contains(QStringLiteral("--expect-bug"));

    const auto begun = std::chrono::steady_clock::now();
    model::Moves moves;
    for (quint64 i = 0; i < count; ++i) {
        const auto rule = broken(first + i, moves);
        if (!rule)
            continue;
        tell(first + i, *rule);
        std::printf("found in the %llu. sequence\n", static_cast<unsigned long long>(i + 1));
        return expectsBug ? 0 : 1;
    }
    for (const auto& [move, times] : moves) {
        std::printf("%-22s -> %-22s %8llu\n", qPrintable(captures::stateText(move.first)),
                    qPrintable(captures::stateText(move.second)), static_cast<unsigned long long>(times));
    }
    const std::chrono::duration<double> taken = std::chrono::steady_clock::now() - begun;
    std::printf("%llu sequences from %llu on, no rule broken, %.1f s\n",
                static_cast<unsigned long long>(count), static_cast<unsigned long long>(first),
                taken.count());
    return expectsBug || !reaches(moves, count) ? 1 : 0;
}
