#include "core/workflow/bulk/many.h"

#include <unistd.h>
#include <algorithm>

#include "core/base/error.h"
#include "core/base/file.h"
#include "core/base/printable.h"

namespace mnerva::workflow {
namespace {

constexpr std::string_view kReportHead = "id\tremoved\tadded\tstatus\n";

std::string spansText(const std::vector<Entity>& entities) {
    std::string text;
    for (const Entity& entity : entities) {
        text += (text.empty() ? "" : ", ") + entity.type + " " + std::to_string(entity.first + 1);
        if (entity.last != entity.first) text += "-" + std::to_string(entity.last + 1);
    }
    return text;
}

bool isSamePlace(const Entity& a, const Entity& b) {
    return a.first == b.first && a.last == b.last;
}

}  // namespace

ManyChanges::ManyChanges(std::string action, std::string layer) {
    m_many.change.action = std::move(action);
    m_many.change.layer = std::move(layer);
}

void ManyChanges::add(PostChange part, const std::string& externalId) {
    const bool isMarked = part.statusBefore != part.statusAfter || part.reviewBefore != part.reviewAfter;
    if (part.added.empty() && part.removed.empty() && !isMarked) return;
    if (m_many.posts() == kMostPostsAStep)
        throw Error(ErrorCode::OptionInvalid,
                    {"query", "one that changes more than " + std::to_string(kMostPostsAStep) + " posts in one step",
                     "fewer posts at a time"});
    const auto relabelled = std::count_if(part.removed.begin(), part.removed.end(), [&](const Entity& gone) {
        return std::any_of(part.added.begin(), part.added.end(), [&](const Entity& e) { return isSamePlace(e, gone); });
    });
    m_many.relabelled += relabelled;
    m_many.added += static_cast<std::int64_t>(part.added.size()) - relabelled;
    m_many.removed += static_cast<std::int64_t>(part.removed.size()) - relabelled;
    m_many.statuses += isMarked;
    m_many.change.posts.push_back(std::move(part));
    m_many.externalIds.push_back(externalId);
}

std::string manyReport(const ManyChange& many) {
    std::string lines(kReportHead);
    for (std::size_t i = 0; i < many.posts(); ++i) {
        const PostChange& part = many.change.posts[i];
        std::string marks;
        if (part.statusBefore != part.statusAfter) marks = statusName(part.statusAfter);
        if (part.reviewBefore != part.reviewAfter)
            marks.append(marks.empty() ? "" : ", ").append("review: ").append(reviewName(part.reviewAfter));
        lines += printable(many.externalIds[i]) + "\t" + spansText(part.removed) + "\t" + spansText(part.added) + "\t" +
                 marks + "\n";
    }
    return lines;
}

namespace {

bool isReport(const std::filesystem::path& file) {
    const Descriptor in = openForReading(file);
    std::string begin(kReportHead.size(), '\0');
    const ssize_t bytes = retried([&] { return ::read(in.get(), begin.data(), begin.size()); });
    return bytes == static_cast<ssize_t>(begin.size()) && begin == kReportHead;
}

}  // namespace

void saveManyReport(const std::filesystem::path& file, const ManyChange& many, bool replace) {
    std::error_code ignored;
    const bool exists = std::filesystem::exists(std::filesystem::symlink_status(file, ignored));
    if (exists && !(replace && isReport(file))) throw Error(ErrorCode::FileExists, {file.string()});
    writeFileAtomic(file, manyReport(many));
}

}  // namespace mnerva::workflow
