#include "app/commands/engine/explain_bench.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <random>
#include <set>

#include "app/commands/engine/run_support.h"
#include "core/base/error.h"
#include "core/eval/map_measures.h"
#include "core/vision/decode/picture.h"
#include "core/vision/geometry.h"
#include "core/vision/picture_header.h"

namespace mnerva::app {
namespace {

using protocol::ExplainedEntity;
using protocol::MapFigure;
using protocol::MethodFigures;

/// Where an entity is in its picture.
struct Places {
    std::vector<int> inside, touched;  ///< cells whose centre lies in a box; cells that overlap one
};

/// One entity to measure.
struct Measured {
    std::size_t post = 0;  ///< place in the list of posts
    Entity entity;
    std::optional<Places> places;
};

/// Values of one method, a number an entity; posts in the same order.
struct Collected {
    std::map<std::string, std::vector<double>> values;
    std::string unavailable, baseline;
    bool isServed = false;

    void add(const char* name, double value) { values[name].push_back(value); }
};

std::optional<Places> placesOf(const models::PostInput& input, const std::vector<train::EntityBoxes>& all,
                               const Entity& entity) {
    const auto own = std::find_if(all.begin(), all.end(), [&](const train::EntityBoxes& boxes) {
        return boxes.first == entity.first && boxes.last == entity.last;
    });
    if (own == all.end() || input.imagePath.empty()) return std::nullopt;
    const auto picture = vision::loadPicture(input.imagePath);
    if (!picture) return std::nullopt;
    std::set<int> inside, touched;
    for (const models::RegionInput& box : own->boxes) {
        const vision::Rect rect{box.left, box.top, box.right - box.left, box.bottom - box.top};
        for (const int cell : vision::cellsInBox(rect, picture->width, picture->height)) inside.insert(cell);
        for (int cell = 0; cell < vision::kGridCells; ++cell) {
            const vision::Rect at = vision::cellRect(cell, picture->width, picture->height);
            if (at.x < rect.x + rect.width && rect.x < at.x + at.width && at.y < rect.y + rect.height &&
                rect.y < at.y + at.height)
                touched.insert(cell);
        }
    }
    return Places{{inside.begin(), inside.end()}, {touched.begin(), touched.end()}};
}

std::vector<Measured> toMeasure(models::Predictor& predictor, const project::Project& project,
                                const std::vector<Post>& posts, const std::vector<models::PostInput>& inputs,
                                const BenchRequest& request, const ProgressSink& progress,
                                const std::stop_token& stop) {
    const auto gold = project.entities(request.layer, request.split);
    const auto found = predictor.predictMany(inputs, {}, progress, stop);
    std::vector<Measured> all;
    for (std::size_t i = 0; i < posts.size(); ++i) {
        if (!found[i].hasPicture) continue;
        const auto boxes = entityBoxes(project, posts[i], request.layer);
        for (const Entity& entity : gold[i])
            if (std::find(found[i].entities.begin(), found[i].entities.end(), entity) != found[i].entities.end())
                all.push_back({i, entity, placesOf(inputs[i], boxes, entity)});
    }
    if (std::any_of(all.begin(), all.end(), [](const Measured& of) { return of.places.has_value(); }))
        std::erase_if(all, [](const Measured& of) { return !of.places; });
    std::vector<std::size_t> order;
    for (const Measured& of : all)
        if (order.empty() || order.back() != of.post) order.push_back(of.post);
    if (request.posts <= 0 || order.size() <= static_cast<std::size_t>(request.posts)) return all;
    std::mt19937_64 random(request.seed);
    for (std::size_t left = order.size(); left > 1; --left) std::swap(order[left - 1], order[random() % left]);
    order.resize(static_cast<std::size_t>(request.posts));
    const std::set<std::size_t> chosen(order.begin(), order.end());
    std::erase_if(all, [&](const Measured& of) { return !chosen.contains(of.post); });
    return all;
}

/// The first `count` cells of an order.
std::vector<int> firstOf(const std::vector<int>& order, int count) {
    return {order.begin(), order.begin() + count};
}

/// y with the first 1 .. 48 cells of an order covered, between y of the whole picture and of none of it.
class Curves {
public:
    Curves(models::Explaining& one, const std::stop_token& stop) : m_one(one), m_stop(stop) {
        std::vector<int> all(vision::kGridCells);
        for (int cell = 0; cell < vision::kGridCells; ++cell) all[static_cast<std::size_t>(cell)] = cell;
        const std::vector<double> ends = m_one.covered({{}, all}, {}, m_stop);
        m_whole = ends[0];
        m_none = ends[1];
    }
    std::vector<double> deletion(const std::vector<int>& order) const {
        std::vector<std::vector<int>> sets;
        for (int k = 1; k < vision::kGridCells; ++k) sets.push_back(firstOf(order, k));
        std::vector<double> heights{m_whole};
        for (const double y : m_one.covered(sets, {}, m_stop)) heights.push_back(y);
        heights.push_back(m_none);
        return heights;
    }
    /// f_k with the first k cells alone: deletion in the reverse order, read backwards.
    std::vector<double> insertion(std::vector<int> order) const {
        std::reverse(order.begin(), order.end());
        std::vector<double> heights = deletion(order);
        std::reverse(heights.begin(), heights.end());
        return heights;
    }
    double whole() const { return m_whole; }

private:
    models::Explaining& m_one;
    const std::stop_token& m_stop;
    double m_whole = 0, m_none = 0;
};

bool makesMaps(const AttributionMethod& method, const BenchRequest& request) {
    return method.isOfCells && (request.methods.empty() || std::find(request.methods.begin(), request.methods.end(),
                                                                     method.id) != request.methods.end());
}

void measureOne(models::Explaining& one, const Measured& of, const BenchRequest& request, const std::stop_token& stop,
                std::map<std::string, Collected>& collected, ExplainedEntity& row) {
    std::optional<Curves> curves;
    double chance = 0;  // area of a random order; that of insertion is the same, since a reversed one is random too
    for (const AttributionMethod& method : attributionMethods()) {
        if (!makesMaps(method, request)) continue;
        Collected& to = collected[std::string(method.id)];
        const Attribution map = one.attribution(method, {}, stop);
        if (!map.isServed()) {
            to.unavailable = map.unavailable;
            continue;
        }
        to.isServed = true;
        to.baseline = map.baseline;
        if (!curves) {
            curves.emplace(one, stop);
            for (const auto& order : eval::randomOrders(vision::kGridCells, request.orders, request.seed))
                chance += eval::areaUnder(curves->deletion(order)) / request.orders;
        }
        const std::vector<int> order = eval::hottestFirst(map.cells);
        const std::vector<double> without = curves->deletion(order), with = curves->insertion(order);
        protocol::MapRow values{
            map.method, order.front(), {}, {}, chance - eval::areaUnder(without), eval::areaUnder(with) - chance};
        to.add("deletion", values.deletion);
        to.add("insertion", values.insertion);
        to.add("comprehensiveness", eval::meanLoss(curves->whole(), without));
        to.add("sufficiency", eval::meanLoss(curves->whole(), with));
        to.add("gini", eval::giniOf(map.cells));
        to.add("entropy", eval::entropyOf(map.cells));
        to.add("seconds", map.seconds);
        if (map.gap) to.add("gap", *map.gap);
        const auto pointing =
            of.places ? eval::pointingOf(map.cells, of.places->inside, of.places->touched) : std::nullopt;
        if (pointing) {
            values.points = pointing->isInside;
            values.touches = pointing->touches;
            to.add("pointing", pointing->isInside ? 1 : 0);
            to.add("touching", pointing->touches ? 1 : 0);
            to.add("mass", pointing->mass);
            to.add("rank", pointing->rank);
        }
        row.maps.push_back(std::move(values));
    }
}

MapFigure figureOf(const std::vector<double>& values, std::uint64_t seed) {
    eval::ResamplingOptions options;
    options.seed = seed;
    const auto found = eval::bootstrapMean(values, options);
    return found ? MapFigure{found->mean, found->low, found->high, found->count} : MapFigure{};
}

MethodFigures figuresOf(const std::string& method, const Collected& of, std::uint64_t seed) {
    MethodFigures out;
    out.method = method;
    out.baseline = of.baseline;
    if (!of.isServed) out.unavailable = of.unavailable;
    const auto of_ = [&](const char* name) -> std::optional<MapFigure> {
        const auto values = of.values.find(name);
        return values == of.values.end() ? std::nullopt : std::optional(figureOf(values->second, seed));
    };
    out.pointing = of_("pointing");
    out.touching = of_("touching");
    out.mass = of_("mass");
    out.rank = of_("rank");
    out.deletion = of_("deletion");
    out.insertion = of_("insertion");
    out.comprehensiveness = of_("comprehensiveness");
    out.sufficiency = of_("sufficiency");
    out.gini = of_("gini");
    out.entropy = of_("entropy");
    out.gap = of_("gap");
    out.seconds = of_("seconds");
    return out;
}

/// Maps of the run, and of the run with ever more layers randomised; their rank correlation a step and method.
void checkRandomisation(models::Predictor& predictor, const std::vector<models::PostInput>& inputs,
                        const std::vector<Measured>& all, const BenchRequest& request, const ProgressSink& progress,
                        const std::stop_token& stop, protocol::Explanation& out) {
    std::vector<Measured> some;
    for (const Measured& of : all)
        if (some.empty() || some.back().post != of.post) some.push_back(of);
    some.resize(std::min(some.size(), static_cast<std::size_t>(std::max(0, request.randomisedPosts))));
    if (some.empty()) return;
    out.randomisedLayers = predictor.layersFromTop();
    std::map<std::string, std::vector<std::vector<float>>> first;  // of each method, a map a post; empty: not served
    const std::size_t steps = out.randomisedLayers.size();
    struct Restore {
        models::Predictor& predictor;
        ~Restore() { predictor.randomiseLayers(0, 0); }
    } const restore{predictor};
    for (std::size_t step = 0; step <= steps; ++step) {
        report(progress, "randomising", static_cast<std::int64_t>(step), static_cast<std::int64_t>(steps));
        predictor.randomiseLayers(step, request.seed);
        std::map<std::string, std::vector<double>> alike;
        for (std::size_t i = 0; i < some.size(); ++i) {
            AttributionQuery query;
            query.first = some[i].entity.first;
            query.last = some[i].entity.last;
            query.type = some[i].entity.type;
            query.baseline = request.baseline;
            const auto one = predictor.explaining(inputs[some[i].post], query);
            for (const AttributionMethod& method : attributionMethods()) {
                if (!makesMaps(method, request)) continue;
                const std::string id(method.id);
                const Attribution map = one->attribution(method, {}, stop);
                if (step == 0) {
                    first[id].push_back(map.cells);
                    continue;
                }
                if (map.cells.empty() || first[id][i].empty()) continue;
                if (const auto found = eval::spearman(map.cells, first[id][i])) alike[id].push_back(*found);
            }
        }
        if (step == 0) continue;
        for (MethodFigures& of : out.methods)
            if (of.unavailable.empty()) of.randomised.push_back(figureOf(alike[of.method], request.seed));
    }
}

std::string shown(const std::optional<MapFigure>& figure) {
    if (!figure) return fmt::format("{:>22}", "-");
    return fmt::format("{:>22}", fmt::format("{:.3f} ({:.3f} {:.3f})", figure->mean, figure->low, figure->high));
}

}  // namespace

protocol::Explanation measuredMaps(models::Predictor& predictor, const project::Project& project,
                                   const std::vector<Post>& posts, const std::vector<models::PostInput>& inputs,
                                   const BenchRequest& request, const ProgressSink& progress,
                                   const std::stop_token& stop) {
    protocol::Explanation out;
    out.run = request.run;
    out.system = predictor.system();
    out.layer = request.layer;
    out.split = request.split ? std::string(splitName(*request.split)) : std::string();
    out.baseline = request.baseline;
    out.seed = request.seed;
    out.orders = request.orders;
    const std::vector<Measured> all = toMeasure(predictor, project, posts, inputs, request, progress, stop);
    predictor.useCache({});  // thousands of covered pictures are nothing to keep
    std::map<std::string, Collected> collected;
    std::vector<double> inside, touched;
    std::set<std::size_t> different;
    for (std::size_t i = 0; i < all.size(); ++i) {
        if (stop.stop_requested()) throw Cancelled{};
        const Measured& of = all[i];
        AttributionQuery query;
        query.first = of.entity.first;
        query.last = of.entity.last;
        query.type = of.entity.type;
        query.baseline = request.baseline;
        const auto one = predictor.explaining(inputs[of.post], query);
        out.form = one->target().form;
        ExplainedEntity row{posts[of.post].externalId,
                            posts[of.post].id.value,
                            of.entity.type,
                            of.entity.first,
                            of.entity.last,
                            one->target().logProbability,
                            {}};
        measureOne(*one, of, request, stop, collected, row);
        out.list.push_back(std::move(row));
        different.insert(of.post);
        if (of.places) {
            inside.push_back(static_cast<double>(of.places->inside.size()) / vision::kGridCells);
            touched.push_back(static_cast<double>(of.places->touched.size()) / vision::kGridCells);
        }
        report(progress, "measuring", static_cast<std::int64_t>(i + 1), static_cast<std::int64_t>(all.size()));
    }
    out.posts = static_cast<std::int64_t>(different.size());
    out.entities = static_cast<std::int64_t>(all.size());
    out.grounded = static_cast<std::int64_t>(inside.size());
    if (!inside.empty()) {
        out.chance = eval::meanSd(inside).mean;
        out.touchChance = eval::meanSd(touched).mean;
    }
    for (const AttributionMethod& method : attributionMethods())
        if (const auto found = collected.find(std::string(method.id)); found != collected.end())
            out.methods.push_back(figuresOf(found->first, found->second, request.seed));
    checkRandomisation(predictor, inputs, all, request, progress, stop, out);
    return out;
}

std::string explanationText(const protocol::Explanation& of) {
    std::string text = fmt::format("{} entities in {} posts that {} finds right ({}), {} with a box", of.entities,
                                   of.posts, of.run, of.system, of.grounded);
    if (of.chance) text += fmt::format("; by chance pointing {:.3f}, touching {:.3f}", *of.chance, *of.touchChance);
    text += fmt::format("\n{:22}", "");
    for (const char* head : {"pointing", "touching", "mass", "rank", "deletion", "insertion", "comprehensiveness",
                             "sufficiency", "gini", "entropy", "seconds"})
        text += fmt::format("{:>22}", head);
    text += fmt::format("{:>22}\n", "randomised, last step");
    for (const MethodFigures& m : of.methods) {
        text += fmt::format("{:22}", m.method);
        if (!m.unavailable.empty()) {
            text += " " + m.unavailable + "\n";
            continue;
        }
        for (const auto* figure : {&m.pointing, &m.touching, &m.mass, &m.rank, &m.deletion, &m.insertion,
                                   &m.comprehensiveness, &m.sufficiency, &m.gini, &m.entropy, &m.seconds})
            text += shown(*figure);
        text += shown(m.randomised.empty() || m.randomised.back().count == 0 ? std::optional<MapFigure>()
                                                                             : m.randomised.back()) +
                "\n";
    }
    return text;
}

}  // namespace mnerva::app
