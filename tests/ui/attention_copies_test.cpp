#include <cstdlib>
#include <new>

#include "ui/pages/attention/attention_page.h"
#include "ui/support/run_fixture.h"

using namespace mnerva;
using namespace mnerva::ui;
using namespace mnerva::test;

namespace {

std::size_t g_largeFrom = 0;  ///< bytes; 0: nothing is counted
int g_large = 0;

void* allocate(std::size_t size) {
    if (g_largeFrom > 0 && size >= g_largeFrom) ++g_large;
    void* const memory = std::malloc(size > 0 ? size : 1);
    if (!memory) throw std::bad_alloc();
    return memory;
}

/// Counts what `work` allocates of at least so many bytes.
template <class Work>
int largeAllocations(std::size_t bytes, Work work) {
    g_large = 0;
    g_largeFrom = bytes;
    work();
    g_largeFrom = 0;
    return g_large;
}

}  // namespace

void* operator new(std::size_t size) {
    return allocate(size);
}
void* operator new[](std::size_t size) {
    return allocate(size);
}
void operator delete(void* memory) noexcept {
    std::free(memory);
}
void operator delete[](void* memory) noexcept {
    std::free(memory);
}
void operator delete(void* memory, std::size_t) noexcept {
    std::free(memory);
}
void operator delete[](void* memory, std::size_t) noexcept {
    std::free(memory);
}

class AttentionCopiesTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aCaretMoveCopiesNoMap() {
        constexpr int kWords = 80;
        Post post = makePost("long", std::vector<std::string>(kWords, "word"));
        post.images = {"a.jpg"};
        RunFixture f({post});
        f.addRun(QStringLiteral("r1"));
        f.open();
        ActionRegistry actions;
        AttentionPage page(f.session, f.jobs, actions);
        page.resize(1200, 700);
        page.show();
        MNERVA_WAIT(page.host().state(AttentionHost::kFirst) == AttentionHost::State::Ready);
        const std::size_t map = std::size_t(page.map().words * page.map().regions) * sizeof(float);
        QCOMPARE(page.map().words, kWords);
        // The count counts: the mean of the other direction is a map of its own.
        auto* direction = page.findChild<QToolButton*>(QStringLiteral("attentionDirection"));
        QVERIFY(largeAllocations(map, [&] { direction->click(); }) > 0);
        page.words().setCurrent(0);
        QCOMPARE(largeAllocations(map, [&] { QTest::keyClick(&page.words(), Qt::Key_Right); }), 0);
        QCOMPARE(page.words().current(), 1);
        QCOMPARE(largeAllocations(map, [&] { QTest::keyClick(&page.words(), Qt::Key_End); }), 0);
        QCOMPARE(page.words().current(), kWords - 1);
    }
};

int main(int argc, char** argv) {
    return runTagTest<AttentionCopiesTest>(argc, argv);
}
#include "attention_copies_test.moc"
