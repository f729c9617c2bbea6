#pragma once

#include <QObject>
#include <QString>

#include "core/base/ids.h"
#include "core/project/attention_view.h"

namespace mnerva::ui {

class PictureView;
class ProjectSession;

/// The heat of the word under the caret over the photo of the tagging page (look.md, Attention): from answers that were
/// received on the attention page. Asks nobody, and moving the caret copies no map.
class PictureHeat : public QObject {
    Q_OBJECT
public:
    PictureHeat(ProjectSession& session, PictureView& picture, QObject* parent = nullptr);

    /// Remembered.
    void setOn(bool on);
    bool isOn() const { return m_on; }
    /// The word under the caret of the current post; a picture other than the first has no heat here.
    void show(int word, int picture);
    /// Looks for the map of the current post.
    void postChanged();

private:
    void draw();

    ProjectSession& m_session;
    PictureView& m_picture;
    project::AttentionMap m_map;
    int m_word = -1, m_image = 0;
    bool m_on = false;
};

}  // namespace mnerva::ui
