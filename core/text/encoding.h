#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace mnerva::text {

/// Bytes of a named encoding as UTF-8, piece by piece. What cannot be decoded becomes U+FFFD.
class Decoder {
public:
    /// Errors: OptionInvalid for a name that no encoding has.
    explicit Decoder(const std::string& encoding);
    ~Decoder();
    Decoder(Decoder&&) noexcept;
    Decoder& operator=(Decoder&&) noexcept;
    /// Appends what `bytes` hold; a character that crosses pieces comes with its end. `isLast` flushes.
    void add(std::string_view bytes, bool isLast, std::string& out);

private:
    struct Converters;
    std::unique_ptr<Converters> m_converters;
};

/// True for UTF-8 under any of its names.
bool isUtf8Name(const std::string& encoding);

/// The encoding that a text without a mark is most likely in ("GB18030", "ISO-8859-1"); empty when nothing can be said.
std::string guessedEncoding(std::string_view bytes);

}  // namespace mnerva::text
