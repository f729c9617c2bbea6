#include "ui/pages/tag/alike_model.h"

#include <QBrush>
#include <algorithm>
#include <utility>

#include "ui/base/text_border.h"
#include "ui/look/theme.h"
#include "ui/session/project_session.h"

namespace mnerva::ui {

AlikeModel::AlikeModel(const ProjectSession& session, QObject* parent)
    : QAbstractTableModel(parent), m_session(session) {}

bool AlikeModel::isListed(const Row& row) const {
    return m_wish.type.empty() ? row.mention.label.has_value() : row.mention.label != m_wish.type;
}

bool AlikeModel::isTicked(const Row& row) const {
    if (row.chosen) return *row.chosen;
    if (row.mention.isNear && !m_wish.takesNear) return false;
    return m_wish.type.empty() || !row.mention.label || m_wish.overrides;
}

void AlikeModel::add(std::vector<workflow::Mention> found) {
    std::vector<int> listed;
    for (workflow::Mention& mention : found) {
        Row row{std::move(mention)};
        if (isListed(row)) listed.push_back(static_cast<int>(m_rows.size()));
        m_rows.push_back(std::move(row));
    }
    if (!listed.empty()) {
        const int first = rowCount();
        beginInsertRows({}, first, first + static_cast<int>(listed.size()) - 1);
        m_listed.insert(m_listed.end(), listed.begin(), listed.end());
        endInsertRows();
    }
    if (!found.empty()) Q_EMIT countsChanged();
}

void AlikeModel::setWish(const Wish& wish) {
    if (wish == m_wish) return;
    beginResetModel();
    // What somebody ticked was about another label.
    if (wish.type != m_wish.type)
        for (Row& row : m_rows) row.chosen.reset();
    m_wish = wish;
    m_listed.clear();
    for (std::size_t i = 0; i < m_rows.size(); ++i)
        if (isListed(m_rows[i])) m_listed.push_back(static_cast<int>(i));
    endResetModel();
    Q_EMIT countsChanged();
}

std::vector<workflow::Mention> AlikeModel::ticked() const {
    std::vector<workflow::Mention> all;
    for (const int row : m_listed)
        if (const Row& one = m_rows[static_cast<std::size_t>(row)]; isTicked(one)) all.push_back(one.mention);
    return all;
}

AlikeModel::Counts AlikeModel::counts() const {
    Counts counts;
    PostId last;
    for (const Row& row : m_rows) {
        ++counts.mentions;
        counts.near += row.mention.isNear;
        if (!isListed(row)) {
            counts.settled += row.mention.label.has_value();
            continue;
        }
        counts.others += row.mention.label.has_value();
        if (!isTicked(row)) continue;
        ++counts.ticked;
        counts.tickedPosts += row.mention.post != last;
        last = row.mention.post;
    }
    return counts;
}

bool AlikeModel::hasPictures() const {
    return m_session.summaries().pictureCount() > 0;
}

void AlikeModel::toggle(const std::vector<int>& rows) {
    if (rows.empty()) return;
    const bool all = std::all_of(rows.begin(), rows.end(), [this](int row) { return isTicked(at(row)); });
    for (const int row : rows) {
        at(row).chosen = !all;
        const QModelIndex changed = index(row, Tick);
        Q_EMIT dataChanged(changed, changed, {Qt::CheckStateRole});
    }
    Q_EMIT countsChanged();
}

int AlikeModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_listed.size());
}

int AlikeModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : kColumns;
}

QString AlikeModel::pictureOf(PostId post) const {
    const int row = m_session.rowOf(post);
    return row < 0 ? QString() : fromUtf8(m_session.summaries()[static_cast<std::size_t>(row)].imagePath);
}

QVariant AlikeModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) return {};
    const Row& row = at(index.row());
    const workflow::Mention& mention = row.mention;
    const QString label = mention.label ? fromUtf8(*mention.label) : QString();
    switch (role) {
        case Qt::CheckStateRole:
            return index.column() == Tick ? QVariant(isTicked(row) ? Qt::Checked : Qt::Unchecked) : QVariant();
        case Qt::AccessibleTextRole:
            if (index.column() == Tick) return isTicked(row) ? tr("ticked") : tr("not ticked");
            [[fallthrough]];
        case Qt::DisplayRole:
            if (index.column() == Context)
                return QStringLiteral("%1 %2 %3")
                    .arg(fromUtf8(mention.before), fromUtf8(mention.words), fromUtf8(mention.after));
            if (index.column() == Label) return label;
            return index.column() == PostName ? fromUtf8(mention.externalId) : QVariant();
        case Qt::ToolTipRole:
            return index.column() == Context && mention.isNear ? tr("One letter is another one.") : QVariant();
        case Qt::ForegroundRole:
            if (index.column() != Label || !mention.label) return {};
            return QBrush(Theme::ink(Theme::labelColor(*mention.label, m_session.labels())));
        case BeforeRole:
            return fromUtf8(mention.before);
        case WordsRole:
            return fromUtf8(mention.words);
        case AfterRole:
            return fromUtf8(mention.after);
        case LabelRole:
            return label;
        case NearRole:
            return mention.isNear;
        case PictureRole:
            return pictureOf(mention.post);
        default:
            return {};
    }
}

QVariant AlikeModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal) return {};
    if (role == Qt::TextAlignmentRole)
        return section == Context ? int(Qt::AlignCenter) : int(Qt::AlignLeft | Qt::AlignVCenter);
    if (role != Qt::DisplayRole) return {};
    switch (section) {
        case Context:
            return tr("Mention");
        case Label:
            return tr("Label now");
        case PostName:
            return tr("Post");
        default:
            return QString();
    }
}

bool AlikeModel::setData(const QModelIndex& index, const QVariant& value, int role) {
    if (role != Qt::CheckStateRole || !checkIndex(index, CheckIndexOption::IndexIsValid)) return false;
    at(index.row()).chosen = value.toInt() == Qt::Checked;
    Q_EMIT dataChanged(index, index, {role});
    Q_EMIT countsChanged();
    return true;
}

Qt::ItemFlags AlikeModel::flags(const QModelIndex& index) const {
    const Qt::ItemFlags flags = Qt::ItemIsEnabled | Qt::ItemIsSelectable;
    return index.column() == Tick ? flags | Qt::ItemIsUserCheckable : flags;
}

}  // namespace mnerva::ui
