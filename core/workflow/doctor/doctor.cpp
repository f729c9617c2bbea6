#include "core/workflow/doctor/doctor.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <map>

#include "core/base/error.h"
#include "core/base/translatable.h"
#include "core/workflow/doctor/doctor_internal.h"

namespace mnerva::workflow {
namespace {

struct Queue {
    const char *name, *sentence;
};
constexpr std::array<Queue, 11> kQueues{{
    {"wrong-type", MNERVA_TEXT("Doctor", "Another type is likelier")},
    {"wrong-edge", MNERVA_TEXT("Doctor", "The entity begins or ends elsewhere")},
    {"missing", MNERVA_TEXT("Doctor", "An entity is missing here")},
    {"spurious", MNERVA_TEXT("Doctor", "There is no entity here")},
    {"hard-to-learn", MNERVA_TEXT("Doctor", "The model never learnt this label")},
    {"systems-agree", MNERVA_TEXT("Doctor", "All systems say something else")},
    {"string-types", MNERVA_TEXT("Doctor", "The same words have another type elsewhere")},
    {"orphan-inside", MNERVA_TEXT("Doctor", "The entity begins with an inside tag")},
    {"rare-type", MNERVA_TEXT("Doctor", "The type occurs once, or its name is nearly that of another")},
    {"invisible-characters", MNERVA_TEXT("Doctor", "A word holds characters that nobody sees")},
    {"near-duplicate", MNERVA_TEXT("Doctor", "Another split has nearly the same text, or the same picture")},
}};

std::string wordsOf(const Post& post, int first, int last) {
    Post part;
    part.join = post.join;
    part.words.assign(post.words.begin() + first, post.words.begin() + last + 1);
    return textOf(part);
}

bool overlap(const Verdict& a, const Verdict& b) {
    return a.first <= b.last && b.first <= a.last;
}

/// Number of a queue; the four reasons by odds are one list.
std::size_t rankOf(const std::string& queue) {
    const auto found = std::find_if(kQueues.begin(), kQueues.end(), [&](const Queue& q) { return queue == q.name; });
    return std::max<std::size_t>(3, static_cast<std::size_t>(found - kQueues.begin()));
}

std::vector<detail::Patient> patientsOf(const project::Project& project, const DoctorInput& input) {
    std::vector<Post> posts = project.posts(input.split);
    std::vector<std::vector<Entity>> entities = project.entities(input.layer, input.split);
    std::vector<std::vector<std::string>> tags = project.tags(input.layer, input.split);
    std::vector<detail::Patient> out;
    for (std::size_t i = 0; i < posts.size(); ++i)
        out.push_back({std::move(posts[i]), std::move(entities[i]), std::move(tags[i])});
    return out;
}

/// Number at the front of a text; nothing (and the text as it was) where there is none.
template <class Number>
std::optional<Number> takeNumber(std::string_view& text) {
    Number number{};
    const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (failed != std::errc() || number < 0) return std::nullopt;
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    return number;
}

bool take(std::string_view& text, char wanted) {
    if (text.empty() || text.front() != wanted) return false;
    text.remove_prefix(1);
    return true;
}

}  // namespace

namespace detail {

Suspect Ward::suspect(const Patient& patient, const std::string& queue, int first, int last) const {
    Suspect out;
    out.post = patient.post.id;
    out.id = patient.post.externalId;
    out.split = patient.post.split;
    out.queue = queue;
    out.first = first;
    out.last = last;
    out.words = wordsOf(patient.post, first, last);
    out.verdict = {queue, first, last, {}};
    return out;
}

Suspect Ward::suspect(const Patient& patient, const std::string& queue, const Entity& given) const {
    Suspect out = suspect(patient, queue, given.first, given.last);
    out.given = given;
    out.verdict = {"entity", given.first, given.last, given.type};
    return out;
}

}  // namespace detail

const std::vector<std::string>& doctorQueues() {
    static const std::vector<std::string> all = [] {
        std::vector<std::string> names;
        for (const Queue& queue : kQueues) names.emplace_back(queue.name);
        return names;
    }();
    return all;
}

std::string_view queueSentence(std::string_view queue) {
    for (const Queue& known : kQueues)
        if (queue == known.name) return known.sentence;
    return {};
}

std::string Suspect::detail() const {
    return fillTemplate(detailTemplate, detailArgs);
}

bool isAnswered(const Verdict& doubt, const std::vector<Verdict>& verdicts) {
    return std::any_of(verdicts.begin(), verdicts.end(), [&](const Verdict& known) {
        return known == doubt || (doubt.doubt == "no-entity" && known.doubt == "no-entity" && overlap(known, doubt));
    });
}

DoctorReport examineLabels(const project::Project& project, const DoctorInput& input, const ProgressSink& progress,
                           const std::stop_token& stop) {
    const auto moment = project.holdSnapshot();
    detail::Ward ward{project, input, progress, stop, patientsOf(project, input), {}};
    ward.report.posts = static_cast<int>(ward.patients.size());
    for (const detail::Patient& patient : ward.patients)
        ward.report.words += static_cast<int>(patient.post.words.size());
    std::int64_t step = 0;
    constexpr std::array kExaminations{detail::examineByOdds,     detail::examineByDynamics, detail::examineBySystems,
                                       detail::examineStrings,    detail::examineOrphans,    detail::examineTypes,
                                       detail::examineCharacters, detail::examineDuplicates};
    for (const auto examine : kExaminations) {
        if (stop.stop_requested()) throw Cancelled{};
        mnerva::report(progress, "examining", step++, static_cast<std::int64_t>(kExaminations.size()));
        examine(ward);
    }
    const auto verdicts = project.verdicts();
    DoctorReport& report = ward.report;
    report.dismissed = static_cast<int>(std::erase_if(report.suspects, [&](const Suspect& suspect) {
        const auto known = verdicts.find(suspect.post);
        return known != verdicts.end() && isAnswered(suspect.verdict, known->second);
    }));
    std::stable_sort(report.suspects.begin(), report.suspects.end(), [](const Suspect& a, const Suspect& b) {
        const std::size_t ofA = rankOf(a.queue), ofB = rankOf(b.queue);
        return ofA != ofB ? ofA < ofB : a.score > b.score;
    });
    return std::move(report);
}

namespace {

bool has(const PostState& state, const Entity& entity) {
    return std::find(state.entities.begin(), state.entities.end(), entity) != state.entities.end();
}

}  // namespace

bool stands(const PostState& state, const Suspect& suspect) {
    if (suspect.queue == "orphan-inside" && state.corrected) return false;
    if (suspect.given) return has(state, *suspect.given);
    return !suspect.suggested || !has(state, *suspect.suggested);
}

project::Edit fixOf(const PostState& state, const Suspect& suspect) {
    const bool takesOver = suspect.queue == "orphan-inside" && suspect.given && !suspect.suggested;
    const bool isEntity = suspect.given || suspect.suggested;
    if (!isEntity || (!takesOver && !suspect.suggested && !suspect.saysNone))
        return project::Refusal{"nothing-here", {}};
    PostChange part = unchangedPart(state);
    part.correctedAfter = true;
    if (suspect.given) {
        const auto found = std::find(state.entities.begin(), state.entities.end(), *suspect.given);
        if (found == state.entities.end()) return project::Refusal{"nothing-here", {}};
        if (takesOver && state.corrected) return project::Refusal{"nothing-here", {}};
        if (!takesOver) part.removed = {*found};
    }
    if (suspect.suggested) {
        const Entity& wanted = *suspect.suggested;
        if (wanted.first < 0 || wanted.last < wanted.first || wanted.last >= state.wordCount)
            return project::Refusal{"outside", {}};
        for (const Entity& other : state.entities)
            if (other.overlaps(wanted.first, wanted.last) && !(suspect.given && other == *suspect.given))
                return project::Refusal{"overlap", other};
        part.added = {{wanted.type, wanted.first, wanted.last, {}}};
    }
    return Change{"fix-label", {std::move(part)}};
}

std::string suspectKey(PostId post, const Verdict& verdict) {
    return std::to_string(post.value) + ":" + verdict.doubt + ":" + std::to_string(verdict.first) + "-" +
           std::to_string(verdict.last) + ":" + verdict.type;
}

std::optional<std::pair<PostId, Verdict>> suspectFromKey(std::string_view key) {
    Verdict verdict;
    const auto post = takeNumber<std::int64_t>(key);
    if (!post || !take(key, ':')) return std::nullopt;
    const std::size_t end = key.find(':');
    if (end == std::string_view::npos || end == 0) return std::nullopt;
    verdict.doubt = key.substr(0, end);
    key.remove_prefix(end + 1);
    const auto first = takeNumber<int>(key);
    if (!first || !take(key, '-')) return std::nullopt;
    const auto last = takeNumber<int>(key);
    if (!last || *last < *first || !take(key, ':')) return std::nullopt;
    const bool isKnown =
        verdict.doubt == "entity" || verdict.doubt == "no-entity" || !queueSentence(verdict.doubt).empty();
    if (!isKnown) return std::nullopt;
    verdict.first = *first;
    verdict.last = *last;
    verdict.type = key;
    return std::pair(PostId{*post}, verdict);
}

}  // namespace mnerva::workflow
