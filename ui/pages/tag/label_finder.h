#pragma once

#include "ui/pages/tag/pick_box.h"

namespace mnerva::ui {

class TagHost;

/// A small box to type a label's name into; for sets with more labels than keys. Enter takes the first that fits.
class LabelFinder : public PickBox {
    Q_OBJECT
public:
    explicit LabelFinder(TagHost& host, QWidget* parent = nullptr);
    void open();

protected:
    void take() override;
    void changeEvent(QEvent* event) override;

private:
    void filter(const QString& needle);
    TagHost& m_host;
};

}  // namespace mnerva::ui
