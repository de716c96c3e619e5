// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Any reply is either decoded or refused; a decoded page never has more rows than the reply.

#include <QByteArray>

#include "api/envelope.h"
#include "api/requests.h"

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, size_t size)
{
    const QByteArray body(reinterpret_cast<const char*>(data), qsizetype(size));
    const auto envelope = api::decodeEnvelope(body);
    if (!envelope)
        return 0;
    (void)api::GetQuota::decode(envelope->object);
    (void)api::VerifyToken::decode(envelope->object);
    (void)api::CreateCommands::decode(envelope->object);
    (void)api::ListDevices::decode(envelope->object);
    const auto commands = api::ListCommands::decode(envelope->object);
    if (commands) {
        for (const auto& command : commands->rows) {
            if (command.filename && (command.filename->isEmpty() || command.filename->contains(u'/')))
                __builtin_trap(); // a file name never leads out of its folder
        }
    }
    return 0;
}
