#include "core/workflow/exchange/auxiliary.h"

#include <functional>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "core/base/check.h"
#include "core/base/error.h"
#include "core/base/file.h"
#include "core/formats/all.h"
#include "core/project/project_internal.h"
#include "core/store/transaction.h"
#include "core/text/utf8.h"
#include "core/workflow/exchange/export.h"
#include "core/workflow/exchange/import.h"

namespace mnerva::workflow {
namespace fs = std::filesystem;
namespace {

struct TextsOfId {
    int line = 0;  ///< of the first
    std::vector<AuxiliaryText> texts;
};

void addText(TextsOfId& of, AuxiliaryText&& text, int line) {
    if (of.line == 0) of.line = line;
    for (AuxiliaryText& known : of.texts)
        if (known.source == text.source) {
            known.words.insert(known.words.end(), text.words.begin(), text.words.end());
            return;
        }
    of.texts.push_back(std::move(text));
}

/// A number that two texts with different ids, sources or words will hardly share.
std::size_t digestOf(const std::string& id, const AuxiliaryText& text) {
    std::string bytes = id + '\n' + text.source;
    for (const std::string& word : text.words) bytes += '\n' + word;
    return std::hash<std::string>{}(bytes);
}

}  // namespace

AuxiliaryReport importAuxiliary(project::Project& project, const fs::path& file, bool dryRun,
                                const ProgressSink& progress, std::stop_token stop) {
    text::requireUtf8Path(fs::absolute(file));
    project::Project::Impl& impl = project.impl();
    if (!dryRun) impl.requireWritable();
    AuxiliaryReport out;
    std::map<std::string, TextsOfId> texts;
    const auto take = [&](const std::string& id, AuxiliaryText&& text, int line) {
        if (text.source.empty()) text.source = file.filename().string();
        ++out.texts;
        addText(texts[id], std::move(text), line);
    };
    formats::recognise<formats::AuxiliaryKind>(file).as<formats::AuxiliaryKind>()->read(file, take, out.findings,
                                                                                        progress, stop);
    std::map<std::string, std::vector<PostId>> postsOf;
    impl.posts.eachText({}, [&](PostId post, std::string_view id, JoinRule, std::string_view) {
        if (const auto found = texts.find(std::string(id)); found != texts.end()) postsOf[found->first].push_back(post);
    });
    for (const auto& [id, of] : texts) {
        out.posts += static_cast<int>(postsOf[id].size());
        if (!postsOf[id].empty()) continue;
        ++out.unknownPosts;
        out.findings.add({"auxiliary-unknown-post", file.string(), of.line, id});
    }
    if (stop.stop_requested()) throw Cancelled{};
    if (dryRun || out.posts == 0) return out;
    store::Transaction transaction(*impl.connection);
    for (const auto& [id, of] : texts)
        for (const PostId post : postsOf[id])
            for (const AuxiliaryText& text : of.texts) impl.posts.setAuxiliary(post, text);
    const nlohmann::json note{{"file", file.string()}, {"texts", out.texts}, {"posts", out.posts}};
    impl.journal.addNote("auxiliary", note.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace),
                         project::toMilliseconds(std::chrono::system_clock::now()));
    transaction.commit();
    if (impl.lock) impl.lock->touch();
    return out;
}

int exportAuxiliary(const project::Project& project, const formats::Format& format, const fs::path& target,
                    std::optional<Split> split, std::stop_token stop, bool replace) {
    const auto* kind = format.as<formats::AuxiliaryKind>();
    MNERVA_CHECK(kind && kind->append);
    requireFreeTargets(project, {target}, replace);
    AtomicFile writer(target);
    std::string bytes;
    int written = 0;
    std::vector<std::size_t> digests;
    project.impl().posts.each(split, [&](const store::StoredPost& stored) {
        if (stop.stop_requested()) throw Cancelled{};
        for (const AuxiliaryText& text : stored.post.auxiliary) {
            bytes.clear();
            kind->append(bytes, stored.post.externalId, text);
            writer.write(bytes);
            digests.push_back(digestOf(stored.post.externalId, text));
            ++written;
        }
        return true;
    });
    if (written == 0) throw Error(ErrorCode::SplitEmpty, {split ? std::string(splitName(*split)) : "all"});
    writer.finish();
    std::size_t next = 0;
    bool isSame = true;
    Findings ignored;
    kind->read(
        writer.temporaryPath(),
        [&](const std::string& id, AuxiliaryText&& text, int) {
            isSame = isSame && next < digests.size() && digestOf(id, text) == digests[next];
            ++next;
        },
        ignored, {}, stop);
    if (!isSame || next != digests.size())
        throw Error(ErrorCode::FileUnwritable,
                    {target.string(), "read again, the texts would not be those of the project"});
    writer.commit();
    return written;
}

}  // namespace mnerva::workflow
