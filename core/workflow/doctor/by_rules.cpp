#include <algorithm>
#include <map>
#include <set>
#include <unordered_map>

#include "core/base/translatable.h"
#include "core/query/search_text.h"
#include "core/text/look_alike.h"
#include "core/text/tag_scheme.h"
#include "core/text/utf8.h"
#include "core/workflow/doctor/doctor_internal.h"
#include "core/workflow/quality/near_duplicates.h"

namespace mnerva::workflow::detail {
namespace {

constexpr std::size_t kShortestTypo = 3;
constexpr double kLeastAlike = 0.8;         // as the checks before training
constexpr char32_t kFirstPicture = 0x203C;  // emoji begin there (but for digits of keycaps)
constexpr char32_t kZeroWidthJoiner = 0x200D, kTextForm = 0xFE0E, kEmojiForm = 0xFE0F;
constexpr char32_t kFirstFlagTag = 0xE0020, kLastFlagTag = 0xE007F;

std::string nameOf(const Patient& patient, const Entity& entity) {
    Post part;
    part.join = patient.post.join;
    part.words.assign(patient.post.words.begin() + entity.first, patient.post.words.begin() + entity.last + 1);
    return query::searchFormOf(part);
}

/// One letter put in, left out or exchanged; names of types, so short.
bool differByOneEdit(std::u32string a, std::u32string b) {
    if (a.size() > b.size()) std::swap(a, b);
    if (b.size() - a.size() > 1) return false;
    std::size_t i = 0;
    while (i < a.size() && a[i] == b[i]) ++i;
    const std::size_t rest = a.size() == b.size() ? i + 1 : i;
    return a != b && a.substr(std::min(rest, a.size())) == b.substr(std::min(i + 1, b.size()));
}

bool areNearlyOne(const std::string& a, const std::string& b) {
    if (a == b) return false;
    if (text::lookAlikeKey(a) == text::lookAlikeKey(b)) return true;
    // "P" and "L" are short names, not slips of the pen.
    const std::u32string one = text::toCodePoints(a), other = text::toCodePoints(b);
    return std::min(one.size(), other.size()) >= kShortestTypo && differByOneEdit(one, other);
}

/// A character that shows nothing and is no part of an emoji.
bool hidesSomething(const std::string& word) {
    char32_t before = 0;
    for (std::size_t at = 0; at < word.size();) {
        const std::size_t begin = at;
        const char32_t c = text::nextCodePoint(word, at);
        const bool ofEmoji = c == kEmojiForm || c == kTextForm || (c == kZeroWidthJoiner && before >= kFirstPicture) ||
                             (c >= kFirstFlagTag && c <= kLastFlagTag && before >= kFirstPicture);
        if (!ofEmoji && text::firstInvisible(std::string_view(word).substr(begin, at - begin))) return true;
        before = c;
    }
    return false;
}

}  // namespace

void examineStrings(Ward& ward) {
    std::map<std::string, std::map<std::string, int>> typesOf;
    for (const Patient& patient : ward.patients)
        for (const Entity& entity : patient.entities) ++typesOf[nameOf(patient, entity)][entity.type];
    for (const Patient& patient : ward.patients)
        for (const Entity& entity : patient.entities) {
            const std::map<std::string, int>& types = typesOf[nameOf(patient, entity)];
            if (types.size() < 2) continue;
            int all = 0;
            for (const auto& [type, count] : types) all += count;
            const auto usual = std::max_element(types.begin(), types.end(),
                                                [](const auto& a, const auto& b) { return a.second < b.second; });
            if (entity.type == usual->first || types.at(entity.type) == usual->second) continue;
            Suspect suspect = ward.suspect(patient, "string-types", entity);
            suspect.suggested = Entity{usual->first, entity.first, entity.last, {}};
            suspect.score = static_cast<double>(usual->second) / all;
            suspect.detailTemplate = MNERVA_TEXT("Doctor", "{0} {1} of {2} times");
            suspect.detailArgs = {usual->first, std::to_string(usual->second), std::to_string(all)};
            ward.report.suspects.push_back(std::move(suspect));
        }
}

void examineOrphans(Ward& ward) {
    if (ward.project.labels().scheme == text::TagScheme::Iob1) return;  // where entities begin with I-
    for (const Patient& patient : ward.patients)
        for (const Entity& entity : patient.entities) {
            const auto first = static_cast<std::size_t>(entity.first);
            if (first >= patient.tags.size()) continue;
            const std::string before = first == 0 ? std::string() : patient.tags[first - 1];
            if (!text::isOrphan(before, patient.tags[first])) continue;
            Suspect suspect = ward.suspect(patient, "orphan-inside", entity);
            suspect.verdict.doubt = "orphan-inside";
            suspect.detailTemplate =
                before.empty() ? MNERVA_TEXT("Doctor", "{0} after nothing") : MNERVA_TEXT("Doctor", "{0} after {1}");
            suspect.detailArgs = {patient.tags[first], before};
            suspect.score = 1;
            ward.report.suspects.push_back(std::move(suspect));
        }
}

void examineTypes(Ward& ward) {
    std::map<std::string, int> counts;
    for (const Patient& patient : ward.patients)
        for (const Entity& entity : patient.entities) ++counts[entity.type];
    std::map<std::string, std::string> twins;  // of rarer types: the other one, empty where the type is only rare
    for (const auto& [type, count] : counts) {
        if (count == 1 && counts.size() > 1) twins[type];
        for (const auto& [other, others] : counts)
            if (others > count && areNearlyOne(type, other)) twins[type] = other;
    }
    for (const Patient& patient : ward.patients)
        for (const Entity& entity : patient.entities) {
            const auto twin = twins.find(entity.type);
            if (twin == twins.end()) continue;
            Suspect suspect = ward.suspect(patient, "rare-type", entity);
            if (!twin->second.empty()) suspect.suggested = Entity{twin->second, entity.first, entity.last, {}};
            suspect.score = 1 - 1.0 / (1 + counts[twin->second.empty() ? entity.type : twin->second]);
            suspect.detailTemplate = twin->second.empty() ? "{0} {1}" : "{0} {1}, {2} {3}";
            suspect.detailArgs = {entity.type, std::to_string(counts[entity.type])};
            if (!twin->second.empty())
                suspect.detailArgs.insert(suspect.detailArgs.end(),
                                          {twin->second, std::to_string(counts[twin->second])});
            ward.report.suspects.push_back(std::move(suspect));
        }
}

void examineCharacters(Ward& ward) {
    for (const Patient& patient : ward.patients)
        for (std::size_t w = 0; w < patient.post.words.size(); ++w) {
            if (!hidesSomething(patient.post.words[w])) continue;
            const int word = static_cast<int>(w);
            Suspect suspect = ward.suspect(patient, "invisible-characters", word, word);
            const bool inEntity = std::any_of(patient.entities.begin(), patient.entities.end(),
                                              [&](const Entity& e) { return e.overlaps(word, word); });
            suspect.score = inEntity ? 1 : 0.5;
            ward.report.suspects.push_back(std::move(suspect));
        }
}

namespace {

void addTwin(Ward& ward, std::size_t item, std::size_t twin, double score, std::string_view sentence) {
    const Patient& patient = ward.patients[item];
    Suspect suspect = ward.suspect(patient, "near-duplicate", 0, static_cast<int>(patient.post.words.size()) - 1);
    suspect.score = score;
    suspect.detailTemplate = sentence;
    suspect.detailArgs = {std::string(splitName(ward.patients[twin].post.split)), ward.patients[twin].post.externalId};
    ward.report.suspects.push_back(std::move(suspect));
}

}  // namespace

void examineDuplicates(Ward& ward) {
    std::vector<std::vector<std::uint64_t>> shingles;
    std::vector<Split> splits;
    for (const Patient& patient : ward.patients) {
        shingles.push_back(textShingles(patient.post.words, patient.post.join));
        splits.push_back(patient.post.split);
    }
    std::set<std::size_t> told;
    for (const NearPair& pair : nearTexts(shingles, splits, kLeastAlike)) {
        const auto item = static_cast<std::size_t>(pair.item), twin = static_cast<std::size_t>(pair.twin);
        addTwin(ward, item, twin, jaccard(shingles[item], shingles[twin]), MNERVA_TEXT("Doctor", "text of {0} {1}"));
        told.insert(item);
    }
    std::unordered_map<std::string, std::size_t> firstWith;
    for (std::size_t i = 0; i < ward.patients.size(); ++i) {
        const Post& post = ward.patients[i].post;
        if (post.images.empty() || post.words.empty()) continue;
        const std::size_t first = firstWith.try_emplace(post.images.front(), i).first->second;
        if (splits[first] != splits[i] && !told.contains(i))
            addTwin(ward, i, first, 1, MNERVA_TEXT("Doctor", "picture of {0} {1}"));
    }
}

}  // namespace mnerva::workflow::detail
