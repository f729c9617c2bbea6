#include "core/workflow/sample/sample.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "core/vision/dice.h"
#include "core/workflow/sample/sample_words.h"

namespace mnerva::workflow {
namespace {

using vision::Dice;
using Phrase = SampleWords::Phrase;

constexpr std::array<const char*, 3> kTypes{"PER", "LOC", "ORG"};  // in the order of SampleObject
constexpr std::size_t kTypeCount = kTypes.size();

vision::SampleObject objectOf(std::size_t kind) {
    return static_cast<vision::SampleObject>(kind);
}

/// Makes the posts of one data set, one after the other.
class Generator {
public:
    Generator(SampleLanguage language, const SampleOptions& options)
        : m_language(language),
          m_words(sampleWords(language)),
          m_options(options),
          m_dice(options.seed * 2 + (language == SampleLanguage::Chinese ? 1 : 0)) {}

    SamplePost post(int index, Split split, int indexInSplit) {
        SamplePost post;
        post.id = std::to_string((m_language == SampleLanguage::English ? 1'000'000 : 2'000'000) + index);
        post.split = split;
        const double kind = static_cast<double>(m_dice.between(0, 999)) / 1000;
        if (kind < m_options.pictureDecided)
            pictureDecided(post);
        else if (kind < m_options.pictureDecided + m_options.misleading)
            misleading(post);
        else
            textOnly(post, kind);
        addCrops(post, indexInSplit);
        return post;
    }

private:
    std::size_t randomKind() { return static_cast<std::size_t>(m_dice.between(0, kTypeCount - 1)); }

    void append(SamplePost& post, const Phrase& phrase, const std::string& type = {}) {
        const text::TypedSpan span{type, 0, static_cast<int>(phrase.size()) - 1};
        const auto scheme = m_language == SampleLanguage::English ? text::TagScheme::Bio : text::TagScheme::Bmes;
        std::vector<std::string> tags(phrase.size(), "O");
        if (!type.empty()) tags = text::tagsFromSpans({&span, 1}, static_cast<int>(phrase.size()), scheme);
        post.words.insert(post.words.end(), phrase.begin(), phrase.end());
        post.tags.insert(post.tags.end(), tags.begin(), tags.end());
    }

    void fill(SamplePost& post, int count) {
        for (int i = 0; i < count; ++i)
            append(post, m_dice.chance(0.05) ? m_dice.pick(m_words.oddities) : m_dice.pick(m_words.filler));
    }

    /// Appends a name of known type; the post's `first`, `last`, `type` point at it when `marked`.
    void name(SamplePost& post, const Phrase& phrase, const std::string& type, bool marked) {
        if (marked) {
            post.first = static_cast<int>(post.words.size());
            post.last = post.first + static_cast<int>(phrase.size()) - 1;
            post.type = type;
        }
        append(post, phrase, type);
    }

    void plainName(SamplePost& post, std::size_t kind, bool marked) {
        append(post, m_words.introductions[kind]);
        name(post, m_dice.pick(m_words.plain[kind]), kTypes[kind], marked);
    }

    /// An ambiguous name, and one that the text decides, as in the reference trial.
    void pictureDecided(SamplePost& post) {
        const std::size_t kind = randomKind();
        post.role = PictureRole::Informative;
        fill(post, m_dice.between(1, 5));
        name(post, m_dice.pick(m_words.ambiguous), kTypes[kind], true);
        fill(post, m_dice.between(1, 5));
        plainName(post, randomKind(), false);
        fill(post, m_dice.between(0, 4));
        post.scene = vision::sampleScene(objectOf(kind), m_dice.next());
    }

    /// The text decides, the picture shows another type.
    void misleading(SamplePost& post) {
        const std::size_t kind = randomKind();
        const std::size_t shown = (kind + 1 + static_cast<std::size_t>(m_dice.between(0, 1))) % kTypeCount;
        post.role = PictureRole::Misleading;
        fill(post, m_dice.between(2, 6));
        plainName(post, kind, true);
        fill(post, m_dice.between(1, 6));
        post.scene = vision::sampleScene(objectOf(shown), m_dice.next());
    }

    /// Names the text decides, or none at all; a picture of clutter, or none at all.
    void textOnly(SamplePost& post, double draw) {
        fill(post, m_dice.between(1, 5));
        if (!m_words.misc.empty() && m_dice.chance(0.4)) name(post, m_dice.pick(m_words.misc), "MISC", false);
        fill(post, m_dice.between(1, 3));
        if (m_dice.chance(0.8)) plainName(post, randomKind(), false);
        fill(post, m_dice.between(0, 4));
        const double half = (1 + m_options.pictureDecided + m_options.misleading) / 2;
        if (draw >= half) post.scene = vision::sampleScene(std::nullopt, m_dice.next());
    }

    void addCrops(SamplePost& post, int indexInSplit) {
        if (!post.scene) return;
        const auto add = [&](const vision::PixelBox& box) {
            const std::string file =
                m_language == SampleLanguage::English
                    ? std::to_string(indexInSplit) + "_pred_yolo_crop_" + std::to_string(m_detections++)
                    : post.id + "_crop_" + std::to_string(post.crops.size());
            post.crops.push_back({file + ".png", box});
        };
        if (post.scene->object && m_dice.chance(m_options.objectCrops)) add(post.scene->box);
        // What a detector finds besides: patches of the ground, seldom more than the three a model takes.
        for (int more = m_dice.chance(0.05) ? 4 : m_dice.between(0, 3) / 3; more > 0; --more) {
            const int side = m_dice.between(30, 60);
            add({m_dice.between(0, post.scene->width - side), m_dice.between(0, post.scene->height - side), side,
                 side});
        }
    }

    SampleLanguage m_language;
    const SampleWords& m_words;
    SampleOptions m_options;
    Dice m_dice;
    int m_detections = 0;
};

std::string joined(const SamplePost& post) {
    std::string out;
    for (int i = post.first; i <= post.last; ++i)
        out += (i > post.first ? " " : "") + post.words[static_cast<std::size_t>(i)];
    return out;
}

std::string escaped(const std::string& text) {
    std::string out;
    for (char c : text) {
        if (c == '&')
            out += "&amp;";
        else if (c == '<')
            out += "&lt;";
        else
            out += c;
    }
    return out;
}

}  // namespace

std::string_view roleName(PictureRole role) {
    switch (role) {
        case PictureRole::Informative:
            return "informative";
        case PictureRole::Misleading:
            return "misleading";
        case PictureRole::None:
            return "none";
    }
    return "none";
}

std::vector<SamplePost> generateSample(SampleLanguage language, const SampleOptions& options) {
    const int wanted = std::max(0, options.posts);
    const int count = language == SampleLanguage::English ? wanted : std::max(10, wanted / 10);
    const int train = count * 8 / 10, valid = train + count / 10;
    Generator generator(language, options);
    std::vector<SamplePost> posts;
    posts.reserve(static_cast<std::size_t>(count));
    for (int i = 0; i < count; ++i) {
        const Split split = i < train ? Split::Train : i < valid ? Split::Valid : Split::Test;
        posts.push_back(
            generator.post(i, split, split == Split::Train ? i : i - (split == Split::Valid ? train : valid)));
    }
    return posts;
}

std::string sampleText(const std::vector<SamplePost>& posts, Split split) {
    std::string out;
    for (const SamplePost& post : posts) {
        if (post.split != split) continue;
        out += "IMGID:" + post.id + "\n";
        for (std::size_t i = 0; i < post.words.size(); ++i) out += post.words[i] + "\t" + post.tags[i] + "\n";
        out += "\n";
    }
    return out;
}

nlohmann::json sampleCropDictionary(const std::vector<SamplePost>& posts) {
    nlohmann::json out = nlohmann::json::object();
    for (const SamplePost& post : posts) {
        if (!post.scene) continue;
        nlohmann::json& files = out[post.id + ".jpg"] = nlohmann::json::array();
        for (const SampleCrop& crop : post.crops) files.push_back(crop.file);
    }
    return out;
}

std::string sampleBoxes(const SamplePost& post) {
    if (post.role != PictureRole::Informative || !post.scene) return {};
    const vision::PixelBox& box = post.scene->box;
    const auto field = [](const std::string& name, const std::string& value) {
        return "<" + name + ">" + value + "</" + name + ">";
    };
    const auto number = [&](const std::string& name, int value) { return field(name, std::to_string(value)); };
    return "<annotation>\n  " + field("filename", post.id + ".jpg") + "\n  <size>" +
           number("width", post.scene->width) + number("height", post.scene->height) + number("depth", 3) +
           "</size>\n  <object>\n    " + field("name", escaped(joined(post))) + "\n    <bndbox>" +
           number("xmin", box.x) + number("ymin", box.y) + number("xmax", box.x + box.width) +
           number("ymax", box.y + box.height) + "</bndbox>\n  </object>\n</annotation>\n";
}

nlohmann::json sampleTruth(const std::vector<SamplePost>& posts) {
    nlohmann::json out = nlohmann::json::array();
    for (const SamplePost& post : posts) {
        nlohmann::json row{{"id", post.id},
                           {"split", splitName(post.split)},
                           {"role", roleName(post.role)},
                           {"picture", post.scene.has_value()},
                           {"decidedBy", post.role == PictureRole::Informative ? "picture" : "text"}};
        if (post.first >= 0) {
            row["first"] = post.first;
            row["last"] = post.last;
            row["type"] = post.type;
        }
        if (post.scene && post.scene->object) {
            const vision::PixelBox& box = post.scene->box;
            row["shown"] = kTypes[static_cast<std::size_t>(*post.scene->object)];
            row["box"] = {box.x, box.y, box.x + box.width, box.y + box.height};
        }
        if (post.scene) row["size"] = {post.scene->width, post.scene->height};
        out.push_back(std::move(row));
    }
    return out;
}

}  // namespace mnerva::workflow
