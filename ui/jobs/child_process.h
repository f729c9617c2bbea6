#pragma once

#include <QProcess>
#include <QString>
#include <nlohmann/json.hpp>
#include <optional>

#include "core/base/error.h"

namespace mnerva::ui {

/// The engine program: environment variable MNERVA_CLI if set, else `mnerva-cli` beside the window's own binary.
QString engineProgram();

/// How kindly a child treats the rest of the machine.
enum class ChildPriority { Normal, Low };

/// Prepares a child that dies with nothing open of ours and, when asked, runs at low priority.
void prepareChild(QProcess& process, ChildPriority priority);

/// Kills a child and collects it, for destructors: nothing may outlive the window. A killed program is gone at once, so
/// this does not wait for anything the child does.
void endChild(QProcess& process);

/// The last lines of what a child wrote to stderr, as the reason of its death; memory stays bounded.
class StderrTail {
public:
    void feed(const QByteArray& bytes);
    void clear() { m_bytes.clear(); }
    /// At most `lines` last non-empty lines, joined by " / ".
    QString text(int lines = 3) const;
    QByteArray bytes() const { return m_bytes; }

private:
    QByteArray m_bytes;
};

/// The Error of an {"error": {code, args}} report, or of the inner {code, args}; nothing when it is none.
std::optional<Error> errorFromReport(const nlohmann::json& body);
std::optional<Error> errorFromReport(const QByteArray& text);

/// Why a child ended, as one clause: its last words, else its exit status or signal.
QString endReason(const QProcess& process, const StderrTail& tail);
/// Writes into the log that a child ended without saying why, and what the system said of it.
void logDeath(const QProcess& process, const StderrTail& tail);

}  // namespace mnerva::ui
