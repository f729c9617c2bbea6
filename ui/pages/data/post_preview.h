#pragma once

#include <QTextBrowser>

#include "core/domain/label_set.h"
#include "core/domain/post.h"

namespace mnerva::ui {

/// The first posts of an import as they will look: words with their entities tinted, the label's short name behind
/// each.
QString postPreviewHtml(const std::vector<Post>& posts, const LabelSet& labels);

/// Shows them; follows the theme.
class PostPreview : public QTextBrowser {
    Q_OBJECT
public:
    explicit PostPreview(QWidget* parent = nullptr);
    void setPosts(std::vector<Post> posts, LabelSet labels);
    /// Nothing: the preview has no pictures, and what looks like one was written by a stranger.
    QVariant loadResource(int, const QUrl&) override { return {}; }

private:
    void draw();
    std::vector<Post> m_posts;
    LabelSet m_labels;
};

}  // namespace mnerva::ui
