#pragma once

#include <QAbstractTableModel>
#include <optional>
#include <vector>

#include "core/workflow/bulk/mentions.h"

namespace mnerva::ui {

class ProjectSession;

/// Mentions that are alike, each with a tick. Which are listed, and which are ticked before somebody chooses, follows
/// from what becomes of them.
class AlikeModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { Tick, Context, Label, PostName, kColumns };
    enum Role { BeforeRole = Qt::UserRole + 1, WordsRole, AfterRole, LabelRole, NearRole, PictureRole };

    /// What is to be done: a label, or none, with which the entities are deleted.
    struct Wish {
        std::string type;
        bool overrides = false;  ///< those that carry another label are ticked
        bool takesNear = false;  ///< those one letter away are ticked
        bool operator==(const Wish&) const = default;
    };

    explicit AlikeModel(const ProjectSession& session, QObject* parent = nullptr);

    void add(std::vector<workflow::Mention> found);
    void setWish(const Wish& wish);
    const Wish& wish() const { return m_wish; }

    /// The ticked mentions, in project order.
    std::vector<workflow::Mention> ticked() const;
    struct Counts {
        int mentions = 0;  ///< found, listed or not
        int ticked = 0, tickedPosts = 0;
        int settled = 0;  ///< have the label already
        int others = 0;   ///< carry another label
        int near = 0;
    };
    Counts counts() const;
    bool hasPictures() const;
    /// Ticks these rows, or takes all their ticks off where all have one.
    void toggle(const std::vector<int>& rows);

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    bool setData(const QModelIndex& index, const QVariant& value, int role) override;
    Qt::ItemFlags flags(const QModelIndex& index) const override;

Q_SIGNALS:
    void countsChanged();

private:
    struct Row {
        workflow::Mention mention;
        std::optional<bool> chosen = {};  ///< by a person
    };
    bool isListed(const Row& row) const;
    bool isTicked(const Row& row) const;
    const Row& at(int row) const { return m_rows[static_cast<std::size_t>(m_listed[static_cast<std::size_t>(row)])]; }
    Row& at(int row) { return m_rows[static_cast<std::size_t>(m_listed[static_cast<std::size_t>(row)])]; }
    QString pictureOf(PostId post) const;

    const ProjectSession& m_session;
    Wish m_wish;
    std::vector<Row> m_rows;
    std::vector<int> m_listed;
};

}  // namespace mnerva::ui
