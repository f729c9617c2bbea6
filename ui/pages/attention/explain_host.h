#pragma once

#include <QObject>
#include <QPointer>
#include <array>
#include <list>
#include <memory>
#include <optional>
#include <vector>

#include "core/domain/attribution.h"
#include "core/project/cell_maps.h"
#include "core/project/name_exchange.h"
#include "ui/pages/attention/attention_host.h"

namespace mnerva::ui {

/// What methods say of words of the current post, computed by the engine and kept for a while. Questions about other
/// words or another post end those that are running.
class ExplainHost : public QObject {
    Q_OBJECT
public:
    using Slot = AttentionHost::Slot;
    using Method = std::shared_ptr<const Attribution>;

    explicit ExplainHost(AttentionHost& host, QObject* parent = nullptr);

    /// Words of the current post and the type of the entity that they are ("": the run finds one).
    struct Subject {
        project::WordSpan words;
        std::string type;
        bool operator==(const Subject&) const = default;
    };
    /// Asks for those methods that are not at hand; explained() follows with each. Slow ones are a job with progress
    /// that can be cancelled.
    void ask(Slot slot, const Subject& subject, const std::vector<std::string>& methods);
    /// Null until it is computed.
    Method method(Slot slot, const Subject& subject, std::string_view id) const;
    /// The target as the run has it, with its y; nothing until a method was computed.
    std::optional<Target> target(Slot slot, const Subject& subject) const;
    /// Methods that are on their way for a subject.
    bool isAsked(Slot slot, const Subject& subject, std::string_view id) const;
    bool isBusy() const;
    /// How far the method that is computed is, 0..1; negative: unknown.
    double fraction() const { return m_fraction; }
    /// Ends what is running; what was computed stays.
    void cancel();
    const std::optional<Error>& error() const { return m_error; }
    void clearError() { m_error.reset(); }

    /// What is quick enough to be asked for unasked: of cells, without the attention, which is at hand.
    static std::vector<std::string> quickMethods();
    static std::vector<std::string> slowMethods();

Q_SIGNALS:
    void explained(int slot);
    void progressed();
    void failed();

private:
    struct Known {
        QString run;
        PostId post;
        Subject subject;
        std::optional<Target> target;
        std::vector<Method> methods;
    };
    struct Asked {
        Slot slot = AttentionHost::kFirst;
        EngineClient::Ticket ticket = 0;
        QString run;
        PostId post;
        Subject subject;
        std::vector<std::string> methods;
        QPointer<Job> job;
        int number = 0;  ///< while it waits for names
    };
    const Known* known(Slot slot, const Subject& subject) const;
    void send(Asked asked, std::vector<WordExchange> exchanges);
    /// Other names for the words of a subject, read on another thread; then it is asked.
    void askWithNames(Asked asked);
    void take(const Asked& asked, const protocol::ExplainResult& result);
    void ended(EngineClient::Ticket ticket, Slot slot, const EngineAnswer<protocol::ExplainResult>& answer);
    void watch(EngineClient& engine);

    AttentionHost& m_host;
    std::list<Known> m_known;
    std::vector<Asked> m_asked;
    /// Of the open project; null: not read yet. Read and filled on the reader thread alone once it is there.
    std::shared_ptr<project::EntityNames> m_names;
    std::vector<Asked> m_waiting;  ///< for names
    int m_number = 0;              ///< of the last one of them
    std::array<QPointer<EngineClient>, AttentionHost::kSlots> m_watched;
    std::optional<Error> m_error;
    double m_fraction = -1;
};

}  // namespace mnerva::ui
