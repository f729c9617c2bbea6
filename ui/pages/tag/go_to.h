#pragma once

#include <QTimer>
#include <string>
#include <vector>

#include "core/base/ids.h"
#include "ui/pages/tag/pick_box.h"

namespace mnerva::ui {

class TagHost;

/// A box to type where to go: the number of a post in the list, or its id. Ids may repeat, and a piece of one is
/// enough: what fits is listed, whole ids first, posts that the query hides as well. Looks at some rows at a time.
class GoTo : public PickBox {
    Q_OBJECT
public:
    explicit GoTo(TagHost& host, QWidget* parent = nullptr);
    void open(const QString& text = {});
    static constexpr int kMostListed = 100;

protected:
    void take() override;
    void closeBox() override;
    void changeEvent(QEvent* event) override;

private:
    /// How well an id fits what is typed.
    enum Fit { Whole, Begins, Holds, None };
    void look();
    void lookOn();
    void list();
    void addRow(PostId post, const QString& title);
    void addNote(const QString& text);
    Fit fitOf(const std::string& id) const;

    TagHost& m_host;
    QTimer m_step;
    std::string m_wanted;            ///< in lower case
    std::size_t m_at = 0;            ///< rows that were looked at
    std::vector<PostId> m_found[3];  ///< by Fit
    bool m_takesFirst = false;       ///< Enter came before the end of the look
};

}  // namespace mnerva::ui
