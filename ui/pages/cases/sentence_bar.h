#pragma once

#include <QWidget>

class QLabel;
class QMenu;
class QToolButton;

namespace mnerva::ui {

class CasesHost;

/// The filter as a sentence of menus: which posts, what each layer is, which kind of error, with or without picture;
/// then how many posts it finds. What is chosen stands on the buttons.
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
    QString layersText() const;
    QString kindsText() const;
    QString viewText() const;
    void refresh();

    CasesHost& m_host;
    QToolButton *m_agreement, *m_layers, *m_kinds, *m_picture, *m_views, *m_clear;
    QLabel* m_count;
};

}  // namespace mnerva::ui
