#pragma once

#include "ui/frame/page_spec.h"
#include "ui/widgets/page.h"

class QCheckBox;
class QComboBox;
class QDoubleSpinBox;
class QFormLayout;
class QLabel;
class QSpinBox;

namespace mnerva::ui {

class ActionRegistry;
class Banner;
class EncoderList;
class KeyEditor;
class ProjectSession;

/// Settings of the person: language, appearance, tagging, scores, keys, encoders. Every change takes effect at once.
class SettingsPage : public Page {
    Q_OBJECT
public:
    /// `session`: whose runs name encoders; may be null.
    explicit SettingsPage(ActionRegistry& actions, ProjectSession* session = nullptr, QWidget* parent = nullptr);
    void retranslate() override;
    void activated() override;
    KeyEditor* keys() const { return m_keys; }
    EncoderList* encoders() const { return m_encoders; }
    bool readyForCapture() const override;

private:
    QLabel* heading();
    QLabel* label(QWidget* buddy);
    void nameFields();
    void layOut();
    void connectFields();
    void fill();
    void tellUsedEncoders();
    ProjectSession* m_session;
    Banner* m_banner;
    QComboBox *m_language, *m_theme, *m_policy, *m_scores;
    QSpinBox* m_size;
    QLabel* m_sample;
    QDoubleSpinBox* m_threshold;
    KeyEditor* m_keys;
    EncoderList* m_encoders;
    QList<QLabel*> m_headings, m_labels;
};

PageSpec settingsPage();

}  // namespace mnerva::ui
