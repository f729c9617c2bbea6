#define CATCH_CONFIG_RUNNER
#include <catch2/catch.hpp>
#include <iostream>

#include "tests/support/data.h"

namespace {

/// Catch2 2 knows no skipped tests: this prints those that said so.
class SkipListener : public Catch::TestEventListenerBase {
public:
    using TestEventListenerBase::TestEventListenerBase;

    void testCaseStarting(const Catch::TestCaseInfo& info) override {
        TestEventListenerBase::testCaseStarting(info);
        mnerva::test::takeSkipNotes();
    }
    void testCaseEnded(const Catch::TestCaseStats& stats) override {
        const mnerva::test::SkipNotes notes = mnerva::test::takeSkipNotes();
        const std::string& name = stats.testInfo.name;
        if (notes.isSkipped() && stats.totals.assertions.allOk())
            std::cout << "SKIPPED: " << name << ": " << notes.reason << std::endl;
        else if (notes.skips > 0)
            std::cout << "partly skipped: " << name << ": " << notes.reason << std::endl;
        TestEventListenerBase::testCaseEnded(stats);
    }
};

}  // namespace

CATCH_REGISTER_LISTENER(SkipListener)

int main(int argc, char** argv) {
    return Catch::Session().run(argc, argv);
}
