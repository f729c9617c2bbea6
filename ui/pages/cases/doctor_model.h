#pragma once

#include <QAbstractTableModel>

namespace mnerva::ui {

class DoctorHost;

/// "gold", "PER" of a label and of what is proposed, in the window's words.
QString queueText(const std::string& queue);

/// The open doubts of the chosen queue as rows.
class DoctorModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { kWords, kLabel, kReason, kPost, kScore, kColumns };

    explicit DoctorModel(DoctorHost& host, QObject* parent = nullptr);
    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;
    void retranslate();

private:
    DoctorHost& m_host;
    int m_rows = 0;
};

}  // namespace mnerva::ui
