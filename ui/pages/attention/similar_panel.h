#pragma once

#include <QComboBox>
#include <QLabel>
#include <QPushButton>
#include <QWidget>

#include "ui/pages/attention/similar_host.h"
#include "ui/pages/attention/similar_tiles.h"

namespace mnerva::ui {

/// The part "similar maps" of the attention page: in what order posts are sought and among which, what was found, and
/// how the maps come to be where there are none.
class SimilarPanel : public QWidget {
    Q_OBJECT
public:
    explicit SimilarPanel(SimilarHost& host, QWidget* parent = nullptr);

    SimilarHost::Order order() const;
    SimilarTiles& tiles() { return *m_tiles; }
    QString stateText() const { return m_state->text(); }
    /// Says how it stands. `what` is looked at, `set` is what the search is in ("layer 2, head 1"); `isBlind`: there is
    /// no map that others could be held against.
    void show(const project::ProjectInfo& info, const QString& what, const QString& set, bool isBlind);
    void showFound(const LabelSet& labels);
    void retranslate();

Q_SIGNALS:
    void orderChosen();
    void splitChosen(const QString& split);
    void opened(int index);
    void allWanted();

private:
    void fillSplits(const project::ProjectInfo& info);
    QString describe(const QString& what, const QString& set, bool isBlind) const;

    SimilarHost& m_host;
    QComboBox *m_order, *m_split;
    QPushButton *m_all, *m_compute, *m_cancel;
    QLabel* m_state;
    SimilarTiles* m_tiles;
    bool m_filling = false;
};

}  // namespace mnerva::ui
