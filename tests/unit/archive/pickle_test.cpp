#include <catch2/catch.hpp>

#include "core/archive/name_pickle.h"
#include "core/archive/state_dict_pickle.h"
#include "core/base/error.h"

using namespace mnerva;

namespace {

template <class Read>
Error errorOf(Read read) {
    try {
        read();
    } catch (const Error& error) {
        return error;
    }
    return Error(ErrorCode::Internal, {"nothing was thrown", ""});
}

Error textsError(const std::string& bytes) {
    std::size_t consumed = 0;
    return errorOf([&] { archive::readTextsPickle(bytes, "f", consumed); });
}

std::string text(const std::string& content) {
    return "X" + std::string(1, static_cast<char>(content.size())) + std::string(3, '\0') + content;
}

}  // namespace

TEST_CASE("Pickle.TextsAreReadToTheEndOfTheirPickle") {
    const std::string list = "\x80\x02](" + text("0") + text("\xE4\xBA\xBA") + "e.";
    std::size_t consumed = 0;
    const std::string all = list + "what follows";
    CHECK(archive::readTextsPickle(all, "f", consumed) == std::vector<std::string_view>{"0", "\xE4\xBA\xBA"});
    CHECK(consumed == list.size());
}

TEST_CASE("Pickle.NumbersAndTruthAreNoTexts") {
    const std::string sizes = "\x80\x02}(" + text("little") + "\x88" + text("short") + "K\x02" + text("sizes") + "}" +
                              text("int") + "K\x04su.";
    std::size_t consumed = 0;
    CHECK(archive::readTextsPickle(sizes, "f", consumed).empty());
    CHECK(consumed == sizes.size());
}

TEST_CASE("Pickle.ListOfTextsMayNameNothing") {
    // A state dict may name what tensors are made of; a list of texts needs none of that.
    for (const char* body : {"ccollections\nOrderedDict\n)R.", "ctorch\nFloatStorage\n.", "cos\nsystem\n."})
        CHECK(textsError(std::string("\x80\x02") + body).args().at(1).find("GLOBAL ") == 0);
    CHECK(textsError(std::string("\x80\x02)Q.")).args().at(1) == "BINPERSID");
    CHECK(textsError(std::string("\x80\x02}}b.")).args().at(1) == "BUILD");
}

TEST_CASE("Pickle.RefusedOpcodesAreNamedToEveryReader") {
    const std::string inst = std::string("\x80\x02(") + "ios\nsystem\n.";
    for (const Error& error : {errorOf([&] { archive::readStateDictPickle(inst, "f"); }),
                               errorOf([&] { archive::readNamePickle(inst, "f"); }), textsError(inst)}) {
        CHECK(error.code() == ErrorCode::PickleRefused);
        CHECK(error.args().at(1) == "INST os.system");
    }
}

TEST_CASE("Pickle.EachReaderSaysWhatAnEarlyEndIs") {
    const std::string cut = "\x80\x02}" + text("a").substr(0, 4);
    CHECK(errorOf([&] { archive::readStateDictPickle(cut, "f"); }).code() == ErrorCode::ArchiveTruncated);
    const Error error = errorOf([&] { archive::readNamePickle(cut, "f"); });
    CHECK(error.code() == ErrorCode::FormatInvalid);
    CHECK(error.args().at(1) == "a pickle that ends early");
}

TEST_CASE("Pickle.ProtocolsThatAReaderDoesNotKnow") {
    CHECK(errorOf([] { archive::readStateDictPickle("\x80\x05}.", "f"); }).args().at(1) == "protocol 5");
    CHECK(errorOf([] { archive::readNamePickle("\x80\x06}.", "f"); }).code() == ErrorCode::FormatInvalid);
    CHECK(archive::readNamePickle("\x80\x05}.", "f").empty());
}

TEST_CASE("Pickle.MarksAreNoValues") {
    for (const char* body : {"((t.", "}((u.", "](a.", "(\x85.", "}(Ns.", "(.", "(q\x01."}) {
        INFO(body);
        const Error error = errorOf([&] { archive::readStateDictPickle(std::string("\x80\x02") + body, "f"); });
        CHECK(error.code() == ErrorCode::FormatInvalid);
    }
}

TEST_CASE("Pickle.MemoizedValuesAreRecalled") {
    // Protocol 4: {"a": list, "b": the same list}, the texts short, the memo numbered by MEMOIZE.
    const std::string bytes =
        std::string("\x80\x04\x95\0\0\0\0\0\0\0\0", 11) + "](\x8c\x01" + "0\x94h" + std::string(1, '\0') + "e.";
    std::size_t consumed = 0;
    CHECK(archive::readTextsPickle(bytes, "f", consumed) == std::vector<std::string_view>{"0", "0"});
}
