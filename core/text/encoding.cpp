#include "core/text/encoding.h"

#include <unicode/ucnv.h>
#include <unicode/ucsdet.h>

#include <algorithm>
#include <array>
#include <string>

#include "core/base/error.h"

namespace mnerva::text {
namespace {

using Converter = std::unique_ptr<UConverter, decltype(&ucnv_close)>;

Converter opened(const std::string& name) {
    UErrorCode status = U_ZERO_ERROR;
    // An empty name would be the default of this machine, which no file knows.
    Converter converter(name.empty() ? nullptr : ucnv_open(name.c_str(), &status), &ucnv_close);
    if (!converter || U_FAILURE(status))
        throw Error(ErrorCode::OptionInvalid,
                    {"encoding", name, "a name such as UTF-8, GB18030, Big5, Shift_JIS, ISO-8859-1 or UTF-16"});
    return converter;
}

std::string canonical(const std::string& name) {
    UErrorCode status = U_ZERO_ERROR;
    const char* found = ucnv_getStandardName(name.c_str(), "MIME", &status);
    return found ? found : name;
}

}  // namespace

struct Decoder::Converters {
    Converter from, to;
    std::array<UChar, 4096> pivot{};
    UChar *pivotSource = pivot.data(), *pivotTarget = pivot.data();
    bool isFirst = true;
};

Decoder::Decoder(const std::string& encoding) : m_converters(new Converters{opened(encoding), opened("UTF-8")}) {}
Decoder::~Decoder() = default;
Decoder::Decoder(Decoder&&) noexcept = default;
Decoder& Decoder::operator=(Decoder&&) noexcept = default;

void Decoder::add(std::string_view bytes, bool isLast, std::string& out) {
    Converters& c = *m_converters;
    const char* source = bytes.empty() ? "" : bytes.data();  // ICU wants a place even for nothing
    const char* end = source + bytes.size();
    std::array<char, 1 << 14> buffer{};
    while (true) {
        UErrorCode status = U_ZERO_ERROR;
        char* target = buffer.data();
        ucnv_convertEx(c.to.get(), c.from.get(), &target, buffer.data() + buffer.size(), &source, end, c.pivot.data(),
                       &c.pivotSource, &c.pivotTarget, c.pivot.data() + c.pivot.size(), c.isFirst, isLast, &status);
        c.isFirst = false;
        out.append(buffer.data(), static_cast<std::size_t>(target - buffer.data()));
        if (status == U_BUFFER_OVERFLOW_ERROR) continue;
        if (U_FAILURE(status)) throw Error(ErrorCode::Internal, {u_errorName(status)});
        return;
    }
}

bool isUtf8Name(const std::string& encoding) {
    return canonical(encoding) == "UTF-8";
}

namespace {

/// Bytes above ASCII in runs of even length, as two-byte encodings of Chinese, Japanese and Korean have them; in Latin
/// text most stand alone.
bool comesInPairs(std::string_view bytes) {
    std::size_t even = 0, odd = 0, run = 0;
    const auto end = [&] {
        if (run > 0) ++(run % 2 == 0 ? even : odd);
        run = 0;
    };
    for (const char c : bytes) static_cast<unsigned char>(c) >= 0x80 ? static_cast<void>(++run) : end();
    end();
    return even > 4 * odd;
}

bool isTwoByte(std::string_view name) {
    static constexpr std::array kNames{"GB18030", "Big5", "EUC-JP", "EUC-KR", "Shift_JIS"};
    return std::find(kNames.begin(), kNames.end(), name) != kNames.end();
}

}  // namespace

std::string guessedEncoding(std::string_view bytes) {
    UErrorCode status = U_ZERO_ERROR;
    const std::unique_ptr<UCharsetDetector, decltype(&ucsdet_close)> detector(ucsdet_open(&status), &ucsdet_close);
    if (U_FAILURE(status)) return {};
    ucsdet_setText(detector.get(), bytes.data(),
                   static_cast<std::int32_t>(std::min(bytes.size(), std::size_t{1} << 20)), &status);
    std::int32_t count = 0;
    const UCharsetMatch** matches = ucsdet_detectAll(detector.get(), &count, &status);
    if (U_FAILURE(status)) return {};
    // Short texts give the detector little to count, and Latin-1 takes any byte.
    const bool wantsPairs = comesInPairs(bytes);
    std::string first;
    for (std::int32_t i = 0; i < count; ++i) {
        UErrorCode ignored = U_ZERO_ERROR;
        const char* name = ucsdet_getName(matches[i], &ignored);
        if (!name || std::string_view(name) == "UTF-8") continue;
        if (!wantsPairs || isTwoByte(name)) return name;
        if (first.empty()) first = name;
    }
    if (wantsPairs) return "GB18030";
    return first;
}

}  // namespace mnerva::text
