#pragma once

#include <QObject>
#include <QString>
#include <QTimer>
#include <optional>
#include <vector>

#include "ui/pages/attention/attention_host.h"

namespace mnerva::ui {

/// The picture of a post as a person has changed it, to see what the run then says (explanation.md 4).
struct WhatIf {
    std::vector<int> covered;  ///< cells, ascending
    bool isBlank = false;      ///< no picture at all
    QString picture;           ///< another file in its place
    bool isNothing() const { return covered.empty() && !isBlank && picture.isEmpty(); }
    bool operator==(const WhatIf&) const = default;
};

/// Asks the first run about the changed picture: newest wins, shortly after the last change. Another post has its own
/// picture again, except while posts are looked at without theirs (setWithoutPicture).
class WhatIfHost : public QObject {
    Q_OBJECT
public:
    explicit WhatIfHost(AttentionHost& host, QObject* parent = nullptr);

    const WhatIf& whatIf() const { return m_whatIf; }
    void set(const WhatIf& whatIf);
    /// Covers a cell, or shows it again.
    void setCovered(int cell, bool covered);
    /// Every post is asked about without its picture too, until it is set otherwise.
    void setWithoutPicture(bool without);
    bool isWithoutPicture() const { return m_withoutPicture; }

    /// What the run says of the changed picture; null until it has answered, and where nothing is changed.
    EngineClient::Prediction result() const { return m_result; }
    bool isWaiting() const { return m_isWaiting; }
    const std::optional<Error>& error() const { return m_error; }

Q_SIGNALS:
    void changed();

private:
    void ask();
    void postChanged();

    AttentionHost& m_host;
    WhatIf m_whatIf;
    EngineClient::Prediction m_result;
    std::optional<Error> m_error;
    EngineClient::Ticket m_ticket = 0;
    QString m_run;  ///< that the result is of
    QTimer m_debounce;
    bool m_isWaiting = false, m_withoutPicture = false;
};

}  // namespace mnerva::ui
