#pragma once

#include <QString>
#include <QStringList>
#include <QtTest>
#include <variant>

#include "core/base/error.h"

namespace mnerva::test {

/// The scripted stand-in for mnerva-cli (fake_cli.cpp).
inline QString fakeCli() {
    return QStringLiteral(MNERVA_BIN_DIR "/mnerva-fake-cli");
}

/// Arguments of the stand-in: a command, its scenario, and more.
inline QStringList fakeArguments(const QString& command, const QString& scenario, const QStringList& more = {}) {
    return QStringList{command, QStringLiteral("scenario:") + scenario} + more;
}

/// The code of an answer that should be an error; Internal otherwise, with the failure noted.
template <class Answer>
ErrorCode codeOf(const Answer& answer) {
    const auto* error = std::get_if<Error>(&answer);
    if (!error) qWarning("the answer is no error");
    return error ? error->code() : ErrorCode::Internal;
}

}  // namespace mnerva::test

/// Patience for a child process on a busy machine; a wait ends as soon as the condition holds.
/// Not by QTRY_VERIFY, which looks only every 50 ms.
#define MNERVA_WAIT(condition) QVERIFY2(QTest::qWaitFor([&] { return bool(condition); }, 20000), #condition)
