#include "core/domain/comment.h"

#include <algorithm>
#include <random>
#include <string_view>
#include <tuple>

#include "core/text/utf8.h"

namespace mnerva {
namespace {

constexpr std::string_view kBlanks = " \t\n\r\v\f";

bool isControl(unsigned char c) {
    return c < ' ' || c == 0x7F;
}

}  // namespace

std::int64_t newCommentId() {
    static thread_local std::mt19937_64 dice{[] {
        std::random_device device;
        return (static_cast<std::uint64_t>(device()) << 32) ^ device();
    }()};
    constexpr std::int64_t kLargest = (std::int64_t{1} << 53) - 1;  // as far as every reader of JSON counts
    return std::uniform_int_distribution<std::int64_t>(1, kLargest)(dice);
}

bool canBe(const Comment& comment) {
    const auto isLine = [](const std::string& text) { return std::none_of(text.begin(), text.end(), isControl); };
    const auto isText = [](const std::string& text) {
        return std::none_of(text.begin(), text.end(),
                            [](unsigned char c) { return isControl(c) && c != '\n' && c != '\t'; });
    };
    return comment.id > 0 && !comment.author.empty() && comment.author.size() <= kLongestAuthor &&
           isLine(comment.author) && text::isValidUtf8(comment.author) && comment.text.size() <= kLongestComment &&
           comment.text.find_first_not_of(kBlanks) != std::string::npos && isText(comment.text) &&
           text::isValidUtf8(comment.text);
}

std::string commentText(std::string text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '\r') {
            if (i + 1 == text.size() || text[i + 1] != '\n') out += '\n';
        } else if (!isControl(static_cast<unsigned char>(text[i])) || text[i] == '\n' || text[i] == '\t') {
            out += text[i];
        }
    }
    const auto first = out.find_first_not_of(kBlanks);
    if (first == std::string::npos) return {};
    return out.substr(first, out.find_last_not_of(kBlanks) - first + 1);
}

void sortComments(std::vector<Comment>& comments) {
    std::sort(comments.begin(), comments.end(), [](const Comment& a, const Comment& b) {
        return std::tie(a.writtenAtMs, a.id) < std::tie(b.writtenAtMs, b.id);
    });
}

}  // namespace mnerva
