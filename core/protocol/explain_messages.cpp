#include <algorithm>
#include <cmath>

#include "core/base/printable.h"
#include "core/protocol/finding_json.h"
#include "core/protocol/messages.h"
#include "core/protocol/post_json_internal.h"

namespace mnerva::protocol {
namespace {

using nlohmann::json;

constexpr int kMostSteps = 1024;

json exchangesToJson(const std::vector<WordExchange>& exchanges) {
    json out = json::array();
    for (const WordExchange& exchange : exchanges)
        out.push_back({{"type", exchange.type}, {"words", exchange.words}, {"change", exchange.change}});
    return out;
}

std::vector<WordExchange> exchangesOf(const Fields& fields, const std::string& field) {
    std::vector<WordExchange> out;
    fields.each(field, [&](const json& item, const std::string& what) {
        const Fields exchange(item, what);
        out.push_back({exchange.text("type", {}), exchange.texts("words"), exchange.number("change", 0)});
    });
    return out;
}

json toJson(const Attribution& of) {
    json out{{"method", of.method}, {"signed", of.isSigned}, {"seconds", of.seconds}};
    if (!of.unavailable.empty()) out["unavailable"] = of.unavailable;
    if (!of.cells.empty()) out["cells"] = of.cells;
    if (!of.more.empty()) out["more"] = of.more;
    if (!of.crops.empty()) out["crops"] = of.crops;
    if (!of.words.empty()) out["words"] = of.words;
    if (!of.exchanges.empty()) out["exchanges"] = exchangesToJson(of.exchanges);
    if (of.gap) out["gap"] = *of.gap;
    if (of.change) out["change"] = *of.change;
    if (!of.baseline.empty()) out["baseline"] = of.baseline;
    return out;
}

std::vector<float> floatsOf(const Fields& fields, const std::string& field) {
    std::vector<float> out;
    for (const double value : fields.numbers(field)) out.push_back(static_cast<float>(value));
    return out;
}

Attribution attributionOf(const json& item, const std::string& what) {
    const Fields fields(item, what);
    Attribution out;
    out.method = fields.text("method");
    out.isSigned = fields.flag("signed");
    out.seconds = fields.number("seconds", 0);
    out.unavailable = fields.text("unavailable", {});
    out.cells = floatsOf(fields, "cells");
    fields.each("more", [&](const json& rows, const std::string& where) {
        const json wrapped{{"cells", rows}};
        out.more.push_back(floatsOf(Fields(wrapped, where), "cells"));
    });
    out.crops = floatsOf(fields, "crops");
    out.words = floatsOf(fields, "words");
    out.exchanges = exchangesOf(fields, "exchanges");
    if (fields.find("gap")) out.gap = fields.number("gap");
    if (fields.find("change")) out.change = fields.number("change");
    out.baseline = fields.text("baseline", {});
    return out;
}

std::vector<std::string> methodsOf(const Fields& fields) {
    std::vector<std::string> methods = fields.texts("methods");
    for (const std::string& method : methods)
        if (!attributionMethod(method))
            throw Error(ErrorCode::ProtocolInvalid,
                        {"explain.methods has " + excerpt(method) + ", known are " + attributionMethodIds()});
    return methods;
}

}  // namespace

json toJson(const ExplainRequest& request) {
    json out = postToJson(request.post);
    const AttributionQuery& query = request.query;
    out["first"] = query.first;
    out["last"] = query.last;
    out["entityType"] = query.type;  // "type" says which request it is
    out["methods"] = query.methods;
    out["baseline"] = query.baseline;
    out["steps"] = query.steps;
    out["layer"] = query.layer;
    out["head"] = query.head;
    out["imageToText"] = query.imageToText;
    if (!query.exchanges.empty()) out["exchanges"] = exchangesToJson(query.exchanges);
    return out;
}

ExplainRequest explainRequestFromJson(const json& value) {
    const Fields fields(value, "explain");
    ExplainRequest request;
    request.post = postFromFields(fields);
    AttributionQuery& query = request.query;
    const auto integer = [&](const char* name, int fallback, int least, int most) {
        const int number = fields.find(name) ? fields.integer(name) : fallback;
        if (number < least || number > most)
            throw Error(ErrorCode::ProtocolInvalid,
                        {"explain." + std::string(name) + " is " + std::to_string(number) + ", wanted " +
                         std::to_string(least) + " to " + std::to_string(most)});
        return number;
    };
    const int words = static_cast<int>(request.post.words.size());
    query.first = integer("first", -1, -1, words - 1);
    query.last = integer("last", query.first, query.first, words - 1);
    query.type = fields.text("entityType", {});
    query.methods = methodsOf(fields);
    query.baseline = baselineOf(fields, "baseline", query.baseline);
    query.steps = integer("steps", query.steps, 1, kMostSteps);
    query.layer = integer("layer", 0, 0, kMostSteps);
    query.head = integer("head", 0, 0, kMostSteps);
    query.imageToText = fields.flag("imageToText");
    query.exchanges = exchangesOf(fields, "exchanges");
    return request;
}

json toJson(const ExplainResult& result) {
    const Target& target = result.target;
    json attributions = json::array(), findings = json::array();
    for (const Attribution& attribution : result.attributions) attributions.push_back(toJson(attribution));
    for (const Finding& finding : result.findings) findings.push_back(toJson(finding));
    json of{{"first", target.first},
            {"last", target.last},
            {"type", target.type},
            {"logProbability", target.logProbability},
            {"form", target.form}};
    if (!target.byLayer.empty()) of["byLayer"] = target.byLayer;
    return {{"target", std::move(of)}, {"attributions", std::move(attributions)}, {"findings", std::move(findings)}};
}

ExplainResult explainResultFromJson(const json& value) {
    const Fields fields(value, "result");
    ExplainResult result;
    const Fields target(fields.require("target", "a map"), "result.target");
    result.target = {target.integer("first"),         target.integer("last"),  target.text("type"),
                     target.number("logProbability"), target.text("form", {}), target.numbers("byLayer")};
    fields.require("attributions", "a list");
    fields.each("attributions", [&](const json& item, const std::string& what) {
        result.attributions.push_back(attributionOf(item, what));
    });
    result.findings = findingsOf(fields, "findings");
    return result;
}

}  // namespace mnerva::protocol
