#pragma once

#include <QWidget>
#include <functional>

#include "core/workflow/cases/case_sentence.h"

class QMenu;
class QToolButton;

namespace mnerva::ui {

class CasesHost;

/// The query line as a sentence of menus: which posts, what each layer is, which kind of error, what of the picture;
/// then how many posts were found. What the query says of these stands on the buttons, and what is chosen is written
/// into it.
class SentenceBar : public QWidget {
    Q_OBJECT
public:
    explicit SentenceBar(CasesHost& host, QWidget* parent = nullptr);
    void retranslate();

private:
    QToolButton* addMenuButton(const char* name, void (SentenceBar::*fill)(QMenu&));
    void fillAgreement(QMenu& menu);
    void fillLayers(QMenu& menu);
    void fillKinds(QMenu& menu);
    void fillPicture(QMenu& menu);
    void fillViews(QMenu& menu);
    void fillEffects(QMenu& menu, const QString& layer);
    void write(const std::function<void(workflow::CaseSentence&)>& change);
    QString layersText() const;
    QString kindsText() const;
    QString pictureText() const;
    QString viewText() const;
    void refresh();

    CasesHost& m_host;
    workflow::CaseSentence m_said;  ///< what the query line says now
    QToolButton *m_agreement, *m_layers, *m_kinds, *m_picture, *m_views, *m_clear;
};

}  // namespace mnerva::ui
