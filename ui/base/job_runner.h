#pragma once

#include <QObject>
#include <QPointer>
#include <exception>
#include <functional>
#include <memory>
#include <new>
#include <optional>
#include <stop_token>
#include <utility>
#include <variant>

#include "core/base/error.h"
#include "ui/base/gui_thread.h"

namespace mnerva::ui {

/// Runs one kind of work off the GUI thread, newest wins: a new run() asks the older one to stop and drops its answer.
/// The body touches no QObject and gets its inputs by value; the answer comes on the GUI thread, or not at all when
/// this object is gone.
class JobRunner : public QObject {
public:
    explicit JobRunner(QObject* parent = nullptr) : QObject(parent) {}
    ~JobRunner() override { m_stop.request_stop(); }

    template <class T>
    void run(std::function<T(std::stop_token)> body,
             std::function<void(const std::variant<T, Error, Cancelled>&)> done) {
        cancel();
        const std::stop_token token = m_stop.get_token();
        auto self = std::make_shared<QPointer<JobRunner>>(this);  // looked at on the GUI thread only
        auto* relay = new QObject;                                // lives on the GUI thread until the answer came by
        onPoolThread([body = std::move(body), done = std::move(done), token, self, relay] {
            auto answer = std::make_shared<std::variant<T, Error, Cancelled>>(guarded<T>(body, token));
            onGuiThread(relay, [answer, done, token, self, relay] {
                relay->deleteLater();
                if (!self->isNull() && !token.stop_requested()) done(*answer);
            });
        });
    }

    /// The running work is asked to stop; its answer is dropped.
    void cancel() {
        m_stop.request_stop();
        m_stop = std::stop_source();
    }

private:
    template <class T>
    static std::variant<T, Error, Cancelled> guarded(const std::function<T(std::stop_token)>& body,
                                                     std::stop_token token) {
        try {
            return body(token);
        } catch (const Cancelled&) {
            return Cancelled{};
        } catch (const Error& error) {
            return error;
        } catch (const std::bad_alloc&) {
            return Error(ErrorCode::MemoryExhausted, {"working in the background"});
        } catch (const std::exception& error) {
            return Error(ErrorCode::Internal, {error.what()});
        }
    }

    std::stop_source m_stop;
};

}  // namespace mnerva::ui
