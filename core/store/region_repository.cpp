#include "core/store/region_repository.h"

#include <limits>

#include "core/base/check.h"
#include "core/base/error.h"
#include "core/store/rows.h"
#include "core/store/statement.h"

namespace mnerva::store {
namespace {

/// Whose a drawn box is: '' for the corrected layer, else the name of the annotator's. Takes the layer twice.
constexpr const char* kOwner = "(CASE ? WHEN 2 THEN '' ELSE (SELECT name FROM layers WHERE id = ?) END)";

/// Columns from `column` on: those of columns(). Nothing (noted) for what is no region.
std::optional<Region> readRegion(Connection& connection, const Statement& row, int column, std::int64_t post) {
    Region region;
    region.id = RegionId{row.integer(column)};
    bool fits = true;
    const auto number = [&](int at, int& value) {
        const std::int64_t stored = row.integer(column + at);
        fits &= stored >= 0 && stored <= std::numeric_limits<int>::max();
        value = fits ? static_cast<int>(stored) : 0;
    };
    number(1, region.image);
    number(2, region.left);
    number(3, region.top);
    number(4, region.width);
    number(5, region.height);
    const auto origin = originFromName(row.text(column + 6));
    fits &= origin.has_value();
    region.origin = origin.value_or(RegionOrigin::Human);
    region.label = row.text(column + 7);
    if (!row.isNull(column + 8)) region.score = row.real(column + 8);
    region.detector = row.text(column + 9);
    region.fingerprint = row.text(column + 10);
    try {
        if (fits) checkRegion(region);
    } catch (const Error&) {
        fits = false;
    }
    if (fits) return region;
    connection.noteOdd("region-invalid", post, "regions", "region " + std::to_string(region.id.value));
    return std::nullopt;
}

std::optional<RegionLink> readLink(Connection& connection, const Statement& row, int column, std::int64_t post) {
    std::optional<Entity> entity = entityOf(connection, row, column, post, "links");
    if (!entity) return std::nullopt;
    return RegionLink{std::move(*entity), RegionId{row.integer(column + 3)}};
}

}  // namespace

std::string RegionRepository::columns() const {
    if (!m_knowsDetectors)
        m_knowsDetectors =
            m_connection.integer("SELECT count(*) FROM pragma_table_info('regions') WHERE name = 'detector'") > 0;
    return std::string("id, image, left, top, width, height, origin, name, score, ") +
           (m_knowsDetectors ? "detector, fingerprint" : "'', ''");
}

bool RegionRepository::insert(PostId post, const Region& region, bool keepsId) {
    checkRegion(region);
    // Ids of what is not drawn stay below those of what is.
    Statement insert(m_connection,
                     std::string("INSERT OR IGNORE INTO regions (id, post, image, left, top, width, height, origin, "
                                 "name, score, detector, fingerprint) VALUES (") +
                         (keepsId ? "?" : "(SELECT coalesce(max(id), 0) + 1 FROM regions WHERE id < ?)") +
                         ", ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
    insert.bind(keepsId ? region.id.value : kFirstDrawnId).bind(post.value).bind(region.image);
    insert.bind(region.left).bind(region.top).bind(region.width).bind(region.height);
    insert.bind(originName(region.origin)).bind(region.label).bind(region.score);
    insert.bind(region.detector).bind(region.fingerprint).run();
    return m_connection.changes() == 1;
}

RegionId RegionRepository::add(PostId post, const Region& region) {
    MNERVA_CHECK(insert(post, region, false));
    return RegionId{m_connection.lastInsertId()};
}

std::vector<Region> RegionRepository::drawnIn(LayerId layer, PostId post) const {
    std::string sql = "SELECT " + columns() + " FROM regions WHERE post = ? AND origin = 'human'";
    if (m_knowsDetectors) sql += " AND detector = " + std::string(kOwner);
    Statement query(m_connection, sql + " ORDER BY id");
    query.bind(post.value);
    if (m_knowsDetectors) query.bind(layer.value).bind(layer.value);
    std::vector<Region> found;
    while (query.step()) {
        auto region = readRegion(m_connection, query, 0, post.value);
        if (!region) continue;
        region->detector.clear();
        found.push_back(std::move(*region));
    }
    return found;
}

bool RegionRepository::draw(LayerId layer, PostId post, const Region& box) {
    Region stored = box;
    Statement owner(m_connection, "SELECT " + std::string(kOwner));
    owner.bind(layer.value).bind(layer.value);
    if (owner.step()) stored.detector = owner.text(0);
    return insert(post, stored, true);
}

void RegionRepository::redraw(const Region& box) {
    checkRegion(box);
    Statement update(m_connection,
                     "UPDATE regions SET image = ?, left = ?, top = ?, width = ?, height = ?, name = ? WHERE id = ?");
    update.bind(box.image).bind(box.left).bind(box.top).bind(box.width).bind(box.height).bind(box.label);
    update.bind(box.id.value).run();
}

bool RegionRepository::unlink(LayerId layer, PostId post, const RegionLink& link) {
    Statement statement(m_connection,
                        "DELETE FROM links WHERE layer = ? AND post = ? AND first_word = ? AND last_word = ? AND "
                        "type = ? AND region = ?");
    statement.bind(layer.value).bind(post.value).bind(link.entity.first).bind(link.entity.last);
    statement.bind(std::string_view(link.entity.type)).bind(link.region.value).run();
    return m_connection.changes() == 1;
}

void RegionRepository::remove(RegionId region) {
    Statement statement(m_connection, "DELETE FROM regions WHERE id = ?");
    statement.bind(region.value).run();
}

std::vector<Region> RegionRepository::ofPost(PostId post) const {
    Statement query(m_connection, "SELECT " + columns() + " FROM regions WHERE post = ? ORDER BY id");
    query.bind(post.value);
    std::vector<Region> found;
    while (query.step())
        if (auto region = readRegion(m_connection, query, 0, post.value)) found.push_back(std::move(*region));
    return found;
}

void RegionRepository::each(const std::function<void(PostId, Region)>& use) const {
    Statement query(m_connection, "SELECT post, " + columns() + " FROM regions ORDER BY post, id");
    while (query.step()) {
        const PostId post{query.integer(0)};
        if (auto region = readRegion(m_connection, query, 1, post.value)) use(post, std::move(*region));
    }
}

int RegionRepository::count() const {
    return static_cast<int>(m_connection.integer("SELECT count(*) FROM regions"));
}

void RegionRepository::eachId(const std::function<void(PostId, RegionId)>& use) const {
    Statement query(m_connection, "SELECT post, id FROM regions ORDER BY post, id");
    while (query.step()) use(PostId{query.integer(0)}, RegionId{query.integer(1)});
}

void RegionRepository::link(LayerId layer, PostId post, const RegionLink& link) {
    Statement insert(m_connection,
                     "INSERT OR IGNORE INTO links (layer, post, first_word, last_word, type, region) "
                     "VALUES (?, ?, ?, ?, ?, ?)");
    insert.bind(layer.value).bind(post.value).bind(link.entity.first).bind(link.entity.last);
    insert.bind(std::string_view(link.entity.type)).bind(link.region.value).run();
}

std::vector<RegionLink> RegionRepository::links(LayerId layer, PostId post) const {
    Statement query(m_connection,
                    "SELECT first_word, last_word, type, region FROM links WHERE layer = ? AND post = ? "
                    "ORDER BY first_word, last_word, type, region");
    query.bind(layer.value).bind(post.value);
    std::vector<RegionLink> found;
    while (query.step())
        if (auto link = readLink(m_connection, query, 0, post.value)) found.push_back(std::move(*link));
    return found;
}

void RegionRepository::eachLink(LayerId layer, const std::function<void(PostId, RegionLink)>& use) const {
    Statement query(m_connection,
                    "SELECT post, first_word, last_word, type, region FROM links WHERE layer = ? "
                    "ORDER BY post, first_word, last_word, type, region");
    query.bind(layer.value);
    while (query.step()) {
        const PostId post{query.integer(0)};
        if (auto link = readLink(m_connection, query, 1, post.value)) use(post, std::move(*link));
    }
}

}  // namespace mnerva::store
