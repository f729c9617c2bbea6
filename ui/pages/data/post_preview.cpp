#include "ui/pages/data/post_preview.h"

#include <QScrollBar>

#include "core/domain/entity.h"
#include "ui/base/error_text.h"
#include "ui/base/text_border.h"
#include "ui/look/theme.h"

namespace mnerva::ui {
namespace {

/// Over the page's ground, because rich text knows no transparency.
QColor solidTint(const QColor& colour) {
    const QColor ground = Theme::color(Theme::Role::Surface), tint = Theme::tint(colour);
    const auto mix = [&](int over, int under) { return static_cast<int>(under + (over - under) * tint.alphaF()); };
    return {mix(tint.red(), ground.red()), mix(tint.green(), ground.green()), mix(tint.blue(), ground.blue())};
}

QString entityHtml(const QString& text, const Entity& entity, const LabelSet& labels) {
    const QColor colour = Theme::labelColor(entity.type, labels);
    return QStringLiteral("<span style='background:%1'>%2</span><span style='color:%3; font-size:8pt'>&nbsp;%4</span>")
        .arg(solidTint(colour).name(), text, Theme::ink(colour).name(), fromUtf8(entity.type).toHtmlEscaped());
}

QString wordsHtml(const Post& post, const LabelSet& labels) {
    const QString glue = post.join == JoinRule::Space ? QStringLiteral(" ") : QString();
    const auto entities = entitiesFromTags(post.sourceTags);
    QStringList parts;
    const auto joined = [&](int first, int last) {
        QStringList words;
        for (int i = first; i <= last; ++i) words << fromUtf8(post.words[static_cast<std::size_t>(i)]).toHtmlEscaped();
        return words.join(glue);
    };
    int word = 0;
    const int count = static_cast<int>(post.words.size());
    for (const Entity& entity : entities) {
        if (entity.first < word || entity.last >= count) continue;
        if (entity.first > word) parts << joined(word, entity.first - 1);
        parts << entityHtml(joined(entity.first, entity.last), entity, labels);
        word = entity.last + 1;
    }
    if (word < count) parts << joined(word, count - 1);
    return parts.join(glue);
}

}  // namespace

QString postPreviewHtml(const std::vector<Post>& posts, const LabelSet& labels) {
    QString html;
    const QString quiet = Theme::color(Theme::Role::SecondaryText).name();
    for (const Post& post : posts) {
        html +=
            QStringLiteral(
                "<p style='margin-bottom:10px; line-height:130%'><span style='color:%1; font-size:9pt'>%2 · "
                "%3</span><br>%4</p>")
                .arg(quiet, fromUtf8(post.externalId).toHtmlEscaped(), splitText(post.split), wordsHtml(post, labels));
    }
    return html;
}

PostPreview::PostPreview(QWidget* parent) : QTextBrowser(parent) {
    setOpenLinks(false);
    document()->setDocumentMargin(12);
    if (Theme* theme = Theme::instance()) connect(theme, &Theme::changed, this, &PostPreview::draw);
}

void PostPreview::setPosts(std::vector<Post> posts, LabelSet labels) {
    m_posts = std::move(posts);
    m_labels = std::move(labels);
    draw();
}

void PostPreview::draw() {
    const int at = verticalScrollBar()->value();
    setHtml(postPreviewHtml(m_posts, m_labels));
    verticalScrollBar()->setValue(at);
}

}  // namespace mnerva::ui
