#pragma once

#include <QWidget>

#include "ui/jobs/encoder_download.h"
#include "ui/session/encoder_library.h"

class QComboBox;
class QLabel;
class QProgressBar;
class QPushButton;
class QTreeWidget;

namespace mnerva::ui {

class Banner;

/// The encoders of this machine as a list, and what can be done with it: add a folder or a file, forget one, fetch one
/// from a hub.
class EncoderList : public QWidget {
    Q_OBJECT
public:
    explicit EncoderList(QWidget* parent = nullptr);
    EncoderLibrary& library() { return m_library; }
    void retranslate();
    bool isFetching() const { return !m_download.isNull(); }

private:
    void fill();
    void refreshButtons();
    void addFolder();
    void addFile();
    void forget();
    void fetchOrCancel();
    void fetched(const QString& folder, const DownloadEnd& how);

    EncoderLibrary m_library;
    QPointer<EncoderDownload> m_download;
    Banner* m_banner;
    QTreeWidget* m_list;
    QPushButton *m_addFolder, *m_addFile, *m_forget, *m_fetch;
    QComboBox* m_name;
    QLabel *m_nameLabel, *m_none;
    QProgressBar* m_progress;
};

}  // namespace mnerva::ui
