#include "core/store/region_repository.h"

#include "core/store/statement.h"

namespace mnerva::store {
namespace {

/// Columns from `column` on: those of columns().
Region readRegion(const Statement& row, int column) {
    Region region;
    region.id = RegionId{row.integer(column)};
    region.image = static_cast<int>(row.integer(column + 1));
    region.left = static_cast<int>(row.integer(column + 2));
    region.top = static_cast<int>(row.integer(column + 3));
    region.width = static_cast<int>(row.integer(column + 4));
    region.height = static_cast<int>(row.integer(column + 5));
    region.origin = originFromName(row.text(column + 6)).value_or(RegionOrigin::Human);
    region.label = row.text(column + 7);
    if (!row.isNull(column + 8)) region.score = row.real(column + 8);
    region.detector = row.text(column + 9);
    region.fingerprint = row.text(column + 10);
    return region;
}

RegionLink readLink(const Statement& row, int column) {
    RegionLink link;
    link.entity.first = static_cast<int>(row.integer(column));
    link.entity.last = static_cast<int>(row.integer(column + 1));
    link.entity.type = row.text(column + 2);
    link.region = RegionId{row.integer(column + 3)};
    return link;
}

}  // namespace

std::string RegionRepository::columns() const {
    if (!m_knowsDetectors)
        m_knowsDetectors =
            m_connection.integer("SELECT count(*) FROM pragma_table_info('regions') WHERE name = 'detector'") > 0;
    return std::string("id, image, left, top, width, height, origin, name, score, ") +
           (m_knowsDetectors ? "detector, fingerprint" : "'', ''");
}

RegionId RegionRepository::add(PostId post, const Region& region) {
    checkRegion(region);
    Statement insert(m_connection,
                     "INSERT INTO regions (post, image, left, top, width, height, origin, name, score, detector, "
                     "fingerprint) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
    insert.bind(post.value).bind(region.image).bind(region.left).bind(region.top).bind(region.width);
    insert.bind(region.height).bind(originName(region.origin)).bind(region.label).bind(region.score);
    insert.bind(region.detector).bind(region.fingerprint).run();
    return RegionId{m_connection.lastInsertId()};
}

void RegionRepository::remove(RegionId region) {
    Statement statement(m_connection, "DELETE FROM regions WHERE id = ?");
    statement.bind(region.value).run();
}

std::vector<Region> RegionRepository::ofPost(PostId post) const {
    Statement query(m_connection, "SELECT " + columns() + " FROM regions WHERE post = ? ORDER BY id");
    query.bind(post.value);
    std::vector<Region> found;
    while (query.step()) found.push_back(readRegion(query, 0));
    return found;
}

void RegionRepository::each(const std::function<void(PostId, Region)>& use) const {
    Statement query(m_connection, "SELECT post, " + columns() + " FROM regions ORDER BY post, id");
    while (query.step()) use(PostId{query.integer(0)}, readRegion(query, 1));
}

int RegionRepository::count() const {
    return static_cast<int>(m_connection.integer("SELECT count(*) FROM regions"));
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
    while (query.step()) found.push_back(readLink(query, 0));
    return found;
}

void RegionRepository::eachLink(LayerId layer, const std::function<void(PostId, RegionLink)>& use) const {
    Statement query(m_connection,
                    "SELECT post, first_word, last_word, type, region FROM links WHERE layer = ? "
                    "ORDER BY post, first_word, last_word, type, region");
    query.bind(layer.value);
    while (query.step()) use(PostId{query.integer(0)}, readLink(query, 1));
}

}  // namespace mnerva::store
