#include "core/project/label_editing.h"

#include <algorithm>
#include <set>

#include "core/domain/palette.h"
#include "core/project/labels_internal.h"
#include "core/store/label_json.h"
#include "core/text/look_alike.h"

namespace mnerva::project {
namespace {

constexpr std::int64_t kReportEvery = 4096;  // posts

/// A type, its parent, the parent's parent, ...: whether that comes back to it.
bool isKindOfItself(const LabelSet& labels, const std::string& type) {
    std::string now = type;
    for (std::size_t steps = 0; steps <= labels.types.size(); ++steps) {
        now = labels.noteOf(now).parent;
        if (now.empty()) return false;
        if (now == type) return true;
    }
    return true;  // of a circle further up
}

std::set<std::string> typesOfGold(const Project::Impl& impl) {
    std::set<std::string> used;
    impl.posts.each(std::nullopt, [&](const store::StoredPost& stored) {
        for (const Entity& entity : entitiesFromTags(stored.post.sourceTags)) used.insert(entity.type);
        return true;
    });
    return used;
}

/// Posts of the corrected layer that have a type, each changed by `edit`.
using EntitiesEdit = std::function<void(const std::vector<Entity>& all, PostChange& change)>;

LabelEdit editOfType(const Project& project, const std::string& type, const EntitiesEdit& edit,
                     const ProgressSink& progress, const std::stop_token& stop) {
    const Project::Impl& impl = project.impl();
    LabelEdit out;
    std::int64_t seen = 0;
    bool isGold = false;
    const std::int64_t total = impl.posts.count();
    eachInLayer(impl, "corrected", std::nullopt,
                [&](const store::StoredPost& stored, std::vector<Entity>&& entities, bool isCovered) {
                    if (seen % kReportEvery == 0) {
                        if (stop.stop_requested()) throw Cancelled{};
                        report(progress, "labels", seen, total);
                    }
                    ++seen;
                    const auto has = [&](const std::vector<Entity>& list) {
                        return std::any_of(list.begin(), list.end(), [&](const Entity& e) { return e.type == type; });
                    };
                    isGold = isGold || has(isCovered ? entitiesFromTags(stored.post.sourceTags) : entities);
                    if (!has(entities)) return true;
                    PostChange change = unchangedPart(stored.post, isCovered);
                    change.correctedAfter = true;
                    for (const Entity& entity : entities)
                        if (entity.type == type) change.removed.push_back(entity);
                    edit(entities, change);
                    out.entities += change.removed.size();
                    out.change.posts.push_back(std::move(change));
                    return true;
                });
    const std::vector<std::string> beside = impl.layers.typesBeside(store::kCorrectedLayer);
    out.isKept = isGold || std::find(beside.begin(), beside.end(), type) != beside.end();
    out.posts = out.change.posts.size();
    return out;
}

void requireLabel(const LabelSet& labels, const std::string& type) {
    if (labels.contains(type)) return;
    std::string known;
    for (const std::string& one : labels.types) known += (known.empty() ? "" : ", ") + one;
    throw Error(ErrorCode::LabelUnknown, {type, known});
}

/// The old label goes, or stands last where something still has it.
void letGo(LabelSet& labels, const std::string& type, bool isKept) {
    std::erase(labels.types, type);
    if (isKept) labels.types.push_back(type);
    if (!isKept) labels.notes.erase(type);
}

}  // namespace

std::vector<std::string> checkedTypes(const std::vector<std::string>& given, const std::vector<std::string>& known) {
    std::vector<std::string> types;
    for (const std::string& type : given) {
        const std::string name = type == "OTHER" ? "MISC" : type;
        const bool isOdd = std::any_of(name.begin(), name.end(), [](unsigned char c) { return c <= ' ' || c == ','; });
        if (name.empty() || isOdd || std::find(types.begin(), types.end(), name) != types.end())
            throw Error(ErrorCode::OptionInvalid, {"labels", type, "different names without spaces"});
        const bool isKnown = std::find(known.begin(), known.end(), name) != known.end();
        const std::string key = text::lookAlikeKey(name);
        const auto twin = std::find_if(given.begin(), given.end(), [&](const std::string& other) {
            return other != type && text::lookAlikeKey(other) == key;
        });
        if (!isKnown && twin != given.end())
            throw Error(ErrorCode::OptionInvalid, {"labels", name, "names that do not look like " + *twin});
        types.push_back(name);
    }
    return types;
}

LabelSet checkedLabels(const LabelSet& given, const LabelSet& known) {
    LabelSet labels = given;
    labels.types = checkedTypes(given.types, known.types);
    std::erase_if(labels.notes,
                  [&](const auto& note) { return !labels.contains(note.first) || note.second.isEmpty(); });
    for (auto& [type, note] : labels.notes) {
        if (!note.colour.empty() && !colourOfText(note.colour))
            throw Error(ErrorCode::OptionInvalid, {"colour", note.colour, "six hexadecimal digits behind #"});
        if (note.description.size() > store::kLongestDescription)
            throw Error(ErrorCode::OptionInvalid, {"description", std::to_string(note.description.size()) + " bytes",
                                                   std::to_string(store::kLongestDescription) + " at most"});
        if (!labels.contains(note.parent)) note.parent.clear();
        if (isKindOfItself(labels, type))
            throw Error(ErrorCode::OptionInvalid, {"parent", note.parent, "a label that is no kind of " + type});
    }
    std::erase_if(labels.notes, [](const auto& note) { return note.second.isEmpty(); });
    return labels;
}

void storeLabels(Project::Impl& impl, LabelSet labels, const LabelSet& before, bool keepsUsed) {
    std::vector<std::string> lost;
    for (const std::string& type : before.types)
        if (!labels.contains(type)) lost.push_back(type);
    if (!lost.empty()) {
        std::set<std::string> used = typesOfGold(impl);
        for (const std::string& type : impl.layers.types()) used.insert(type);
        std::string refused;
        for (const std::string& type : lost) {
            if (!used.contains(type)) continue;
            if (keepsUsed) {
                labels.types.push_back(type);
                labels.setNote(type, before.noteOf(type));
            } else {
                refused += (refused.empty() ? "" : ", ") + type;
            }
        }
        if (!refused.empty()) throw Error(ErrorCode::LabelInUse, {refused});
    }
    impl.settings.setTypes(labels.types);
    impl.settings.setScheme(labels.scheme);
    if (labels.notes != before.notes) impl.settings.setNotes(labels.notes);
}

LabelEdit renamingLabel(const Project& project, const std::string& from, const std::string& given,
                        const ProgressSink& progress, const std::stop_token& stop) {
    const LabelSet before = project.labels();
    const std::string to = given == "OTHER" ? "MISC" : given;
    requireLabel(before, from);
    if (from == to) throw Error(ErrorCode::OptionInvalid, {"label", to, "another name"});
    const bool isNew = !before.contains(to);
    LabelSet after = before;
    if (isNew) {
        after.types[static_cast<std::size_t>(*before.indexOf(from))] = to;
        after.types = checkedTypes(after.types, before.types);  // asked before all posts are read
    }
    LabelEdit out = editOfType(
        project, from,
        [&](const std::vector<Entity>& all, PostChange& change) {
            for (const Entity& entity : change.removed) {
                Entity renamed = entity;
                renamed.type = to;
                if (std::none_of(all.begin(), all.end(), [&](const Entity& e) { return e.sameAs(renamed); }))
                    change.added.push_back(std::move(renamed));
            }
        },
        progress, stop);
    out.change.action = isNew ? "rename-label" : "merge-labels";
    if (isNew) {
        after.setNote(to, before.noteOf(from));
        for (auto& [type, note] : after.notes)
            if (note.parent == from) note.parent = to;
    }
    letGo(after, from, out.isKept);
    if (!isNew)
        for (auto& [type, note] : after.notes)
            if (note.parent == from) note.parent = type == to ? std::string() : to;
    out.change.labels = {before, checkedLabels(after, before)};
    return out;
}

LabelEdit removingLabel(const Project& project, const std::string& type, const ProgressSink& progress,
                        const std::stop_token& stop) {
    const LabelSet before = project.labels();
    requireLabel(before, type);
    LabelEdit out = editOfType(
        project, type, [](const std::vector<Entity>&, PostChange&) {}, progress, stop);
    out.change.action = "remove-label";
    LabelSet after = before;
    letGo(after, type, out.isKept);
    out.change.labels = {before, checkedLabels(after, before)};
    return out;
}

LabelEdit editingLabel(const Project& project, const std::string& type, const LabelDraft& draft,
                       const ProgressSink& progress, const std::stop_token& stop) {
    const LabelSet before = project.labels();
    const std::string name = draft.name == "OTHER" ? "MISC" : draft.name;
    const bool isNew = type.empty();
    if (!isNew) requireLabel(before, type);
    if (!isNew && name != type && before.contains(name)) return renamingLabel(project, type, name, progress, stop);
    LabelEdit out;
    LabelSet after = before;
    if (isNew && !after.add(name)) throw Error(ErrorCode::OptionInvalid, {"label", name, "a name that no label has"});
    if (!isNew && name != type) {
        out = renamingLabel(project, type, name, progress, stop);
        after = out.change.labels->after;
    }
    after.setNote(name, draft.note);
    if (draft.place) {
        std::erase(after.types, name);
        const auto place = std::clamp<std::ptrdiff_t>(*draft.place, 0, std::ssize(after.types));
        after.types.insert(after.types.begin() + place, name);
    }
    after = checkedLabels(after, before);
    if (out.change.action.empty()) out.change.action = isNew ? "new-label" : "labels";
    if (after != before) out.change.labels = {before, after};
    return out;
}

Change labelsEdit(const Project& project, const LabelSet& labels) {
    const LabelSet before = project.labels();
    const LabelSet after = checkedLabels(labels, before);
    Change change;
    change.action = "labels";
    if (after != before) change.labels = {before, after};
    return change;
}

void Project::setLabels(const LabelSet& labels) {
    m_impl->requireWritable();
    apply(labelsEdit(*this, labels));
}

}  // namespace mnerva::project
