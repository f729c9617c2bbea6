#include "ui/pages/attention/what_if_host.h"

#include <algorithm>
#include <utility>

#include "core/project/question.h"
#include "ui/base/text_border.h"

namespace mnerva::ui {
namespace {

constexpr int kDebounceMs = 60;  // cells are drawn one after the other

protocol::PredictRequest requestFor(const project::PostView& view, const WhatIf& whatIf) {
    protocol::PredictRequest request{project::questionOf(view), false, true};
    if (whatIf.isBlank || !whatIf.picture.isEmpty()) {
        // Crops, boxes and further pictures belong to the picture that is gone.
        request.post.imagePath = whatIf.isBlank ? std::string() : toUtf8(whatIf.picture);
        request.post.cropPaths.clear();
        request.post.regions.clear();
        request.post.morePictures.clear();
    }
    if (!whatIf.isBlank) request.cover.cells = whatIf.covered;
    return request;
}

}  // namespace

WhatIfHost::WhatIfHost(AttentionHost& host, QObject* parent) : QObject(parent), m_host(host) {
    m_debounce.setSingleShot(true);
    m_debounce.setInterval(kDebounceMs);
    connect(&m_debounce, &QTimer::timeout, this, &WhatIfHost::ask);
    connect(&host.session(), &ProjectSession::currentPostChanged, this, &WhatIfHost::postChanged);
    connect(&host.session(), &ProjectSession::closed, this, &WhatIfHost::postChanged);
    // The answer to the post as it is comes first: a question about it would be dropped for a newer one.
    connect(&host, &AttentionHost::changed, this, [this](int slot) {
        if (slot != AttentionHost::kFirst || m_whatIf.isNothing()) return;
        if (m_host.run(AttentionHost::kFirst) != m_run) {  // what another run said is no answer
            m_result.reset();
            m_isWaiting = true;
        }
        if (m_isWaiting && m_ticket == 0) m_debounce.start();
    });
}

void WhatIfHost::postChanged() {
    m_result.reset();
    m_error.reset();
    m_whatIf = {};
    m_whatIf.isBlank = m_withoutPicture;
    m_isWaiting = m_withoutPicture;
    if (m_ticket != 0) m_host.engineOf(AttentionHost::kFirst).cancel(std::exchange(m_ticket, 0));
    Q_EMIT changed();
}

void WhatIfHost::set(const WhatIf& whatIf) {
    if (whatIf == m_whatIf) return;
    m_whatIf = whatIf;
    std::sort(m_whatIf.covered.begin(), m_whatIf.covered.end());
    m_error.reset();
    m_isWaiting = !m_whatIf.isNothing();
    if (m_whatIf.isNothing() || m_whatIf.isBlank || !m_whatIf.picture.isEmpty()) m_result.reset();
    if (m_ticket != 0) m_host.engineOf(AttentionHost::kFirst).cancel(std::exchange(m_ticket, 0));
    if (m_isWaiting)
        m_debounce.start();
    else
        m_debounce.stop();
    Q_EMIT changed();
}

void WhatIfHost::setCovered(int cell, bool covered) {
    WhatIf next = m_whatIf;
    next.isBlank = false;
    std::erase(next.covered, cell);
    if (covered) next.covered.push_back(cell);
    std::sort(next.covered.begin(), next.covered.end());
    set(next);
}

void WhatIfHost::setWithoutPicture(bool without) {
    if (without == m_withoutPicture) return;
    m_withoutPicture = without;
    WhatIf next;
    next.isBlank = without;
    set(next);
}

void WhatIfHost::ask() {
    const auto model = m_host.modelOf(AttentionHost::kFirst);
    if (m_whatIf.isNothing() || !model || !m_host.session().hasView() || !m_host.isActive()) return;
    if (m_host.state(AttentionHost::kFirst) != AttentionHost::State::Ready) return;  // asked when it is (changed())
    const PostId post = m_host.session().currentPost();
    m_run = m_host.run(AttentionHost::kFirst);
    m_ticket = m_host.engineOf(AttentionHost::kFirst)
                   .predict(*model, requestFor(m_host.session().view(), m_whatIf), this,
                            [this, post, asked = m_whatIf](const EngineAnswer<EngineClient::Prediction>& answer) {
                                if (!(asked == m_whatIf) || m_host.session().currentPost() != post) return;
                                if (std::holds_alternative<Cancelled>(answer)) return;
                                m_ticket = 0;
                                m_isWaiting = false;
                                if (const auto* error = std::get_if<Error>(&answer))
                                    m_error = *error;
                                else
                                    m_result = std::get<EngineClient::Prediction>(answer);
                                Q_EMIT changed();
                            });
}

}  // namespace mnerva::ui
