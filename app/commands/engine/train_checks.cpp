#include "app/commands/engine/train_checks.h"

#include <algorithm>

#include "core/base/error.h"
#include "core/base/file.h"
#include "core/base/json.h"
#include "core/vision/decode/picture.h"
#include "core/vision/decode/picture_hash.h"

namespace mnerva::app {
namespace fs = std::filesystem;
using nlohmann::json;
namespace {

/// Before the name of a picture that may not be read; no path begins like this.
const std::string kRefused = "refused: ";

/// What pictures looked like, by path, size and time of change; a file of the cache may be deleted at any time.
class LookCache {
public:
    explicit LookCache(fs::path file) : m_file(std::move(file)) {
        std::error_code failed;
        if (!fs::exists(m_file, failed)) return;
        const json known = tryParseJson(contentOf(m_file));
        if (known.is_object()) m_known = known;
    }

    ~LookCache() {
        try {
            std::error_code failed;
            requirePlainBelow(m_file.parent_path().parent_path(), m_file);
            fs::create_directories(m_file.parent_path(), failed);
            if (m_changed) writeFileAtomic(m_file, m_known.dump(-1, ' ', false, json::error_handler_t::replace));
        } catch (const Error&) {  // without it the next look takes as long as this one
        }
    }

    workflow::PictureLook look(const std::string& path) {
        if (path.starts_with(kRefused)) return {};
        std::error_code failed;
        const auto size = fs::file_size(path, failed);
        if (failed) return {};
        const auto changed = fs::last_write_time(path, failed).time_since_epoch().count();
        const json stamp{size, changed};
        if (const auto found = m_known.find(path); found != m_known.end() && isEntry(*found) && (*found)[0] == stamp) {
            workflow::PictureLook out{(*found)[1].get<bool>(), std::nullopt};
            if (isWholeNumber<std::uint64_t>((*found)[2])) out.hash = (*found)[2].get<std::uint64_t>();
            return out;
        }
        workflow::PictureLook out;
        if (const auto picture = vision::loadPicture(path)) {
            out.readable = true;
            out.hash = vision::pictureHash(*picture);
        }
        m_known[path] = {stamp, out.readable, out.hash ? json(*out.hash) : json()};
        m_changed = true;
        return out;
    }

private:
    static std::string contentOf(const fs::path& file) {
        try {
            return readFile(file);
        } catch (const Error&) {  // no plain file: what it would say is found out anew
            return {};
        }
    }
    static bool isEntry(const json& value) {
        return value.is_array() && value.size() == 3 && value[1].is_boolean() &&
               (value[2].is_null() || value[2].is_number_unsigned());
    }

    fs::path m_file;
    json m_known = json::object();
    bool m_changed = false;
};

std::vector<workflow::CheckedPost> checkedPosts(const project::Project& project, const std::string& layer) {
    std::vector<workflow::CheckedPost> out;
    for (const Split split : {Split::Train, Split::Valid, Split::Test}) {
        std::vector<Post> posts = project.posts(split);
        const std::vector<std::vector<std::string>> tags = project.tags(layer, split);
        for (std::size_t i = 0; i < posts.size(); ++i) {
            workflow::CheckedPost post{
                posts[i].externalId, split, posts[i].join, std::move(posts[i].words), tags[i], {}, posts[i].id};
            if (!posts[i].images.empty()) {
                // One that may not be read has no path: its bare name is no file and counts as unreadable.
                const project::PostImage image = project.files(posts[i].id).images.front();
                post.picture = image.path.empty() ? kRefused + image.file : image.path;
            }
            out.push_back(std::move(post));
        }
    }
    return out;
}

/// "twitter2015" of "twitter2015", "mpcfn-twitter2015", ...
std::string dataSetOf(const std::string& preset) {
    for (const char* name : {"twitter2015", "twitter2017", "wukong"})
        if (preset.find(name) != std::string::npos) return name;
    return {};
}

void requireKnown(const std::vector<std::string>& codes) {
    const std::vector<std::string>& known = workflow::trainingCheckCodes();
    for (const std::string& code : codes) {
        if (code == "all" || std::find(known.begin(), known.end(), code) != known.end()) continue;
        std::string list = "all";
        for (const std::string& name : known) list += ", " + name;
        throw Error(ErrorCode::OptionInvalid, {"--overrule", code, list});
    }
}

}  // namespace

std::vector<protocol::TrainCheck> checksBeforeTraining(const project::Project& project, const CheckRequest& request,
                                                       const ProgressSink& progress, const std::stop_token& stop) {
    requireKnown(request.overruled);
    LookCache looks(project.folder() / "cache" / "picture-looks-2.json");
    workflow::CheckOptions options{project.labels(), dataSetOf(request.preset), {}};
    if (request.readsPictures) options.look = [&looks](const std::string& path) { return looks.look(path); };
    std::vector<protocol::TrainCheck> out;
    for (const workflow::TrainingCheck& check :
         workflow::checkBeforeTraining(checkedPosts(project, request.layer), options, progress, stop)) {
        const bool overruled =
            check.stops && std::any_of(request.overruled.begin(), request.overruled.end(),
                                       [&](const std::string& code) { return code == "all" || code == check.code; });
        std::vector<std::int64_t> posts;
        for (const PostId post : check.posts) posts.push_back(post.value);
        out.push_back({check.code, check.stops, overruled, check.count, check.args,
                       fillTemplate(workflow::trainingCheckText(check.code, check.count), check.args),
                       std::string(workflow::trainingCheckAdvice(check.code)), check.examples, std::move(posts)});
    }
    return out;
}

std::string stoppingChecks(const std::vector<protocol::TrainCheck>& checks) {
    std::string out;
    for (const protocol::TrainCheck& check : checks)
        if (check.stops && !check.overruled) out += (out.empty() ? "" : ", ") + check.code;
    return out;
}

std::string checksText(const std::vector<protocol::TrainCheck>& checks) {
    std::string out;
    for (const protocol::TrainCheck& check : checks) {
        const bool stops = check.stops && !check.overruled;
        out += (stops ? "stop: " : "note: ") + check.text + " [" + check.code + "]\n      " + check.advice + "\n";
        for (const std::string& example : check.examples) out += "      " + example + "\n";
    }
    return out;
}

}  // namespace mnerva::app
