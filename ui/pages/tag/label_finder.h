#pragma once

#include <QFrame>

class QLineEdit;
class QListWidget;

namespace mnerva::ui {

class TagHost;

/// A small box to type a label's name into; for sets with more labels than keys. Enter takes the first that fits.
class LabelFinder : public QFrame {
    Q_OBJECT
public:
    explicit LabelFinder(TagHost& host, QWidget* parent = nullptr);
    void open();

Q_SIGNALS:
    void closed();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void filter(const QString& needle);
    void take();
    void close_();
    TagHost& m_host;
    QLineEdit* m_edit;
    QListWidget* m_list;
};

}  // namespace mnerva::ui
