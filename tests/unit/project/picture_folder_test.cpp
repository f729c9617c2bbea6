#include "core/project/picture_folder.h"

#include <sys/stat.h>

#include <catch2/catch.hpp>

#include "core/base/file.h"
#include "tests/support/data.h"

using namespace mnerva;
using namespace mnerva::project;
namespace fs = std::filesystem;

namespace {

struct Fixture {
    mnerva::test::TemporaryFolder place;
    fs::path images = place / "images";
    Fixture() {
        fs::create_directory(images);
        writeFileAtomic(place / "secret.jpg", "secret");
    }
    void put(const std::string& name) const {
        fs::create_directories((images / name).parent_path());
        writeFileAtomic(images / name, "x");
    }
    PictureFolder folder() const { return PictureFolder(images); }
};

}  // namespace

TEST_CASE("PictureFolder.FindsAPictureUnderItsOwnName") {
    const Fixture f;
    f.put("1.jpg");
    const PostImage found = f.folder().find("1.jpg");
    CHECK(found.exists);
    CHECK_FALSE(found.outside);
    CHECK(found.path == (f.images / "1.jpg").string());
}

TEST_CASE("PictureFolder.SeeksEveryExtensionInAnyCase") {
    const Fixture f;
    for (const char* name : {"a.JPG", "b.jpeg", "c.PNG", "d.webp", "e.Gif", "f.bmp", "g.TIFF", "sub/h.png"})
        f.put(name);
    PictureFolder folder = f.folder();
    const auto nameOf = [&](const std::string& file) { return fs::path(folder.find(file).path).filename().string(); };
    CHECK(nameOf("a.jpg") == "a.JPG");
    CHECK(nameOf("b.jpg") == "b.jpeg");
    CHECK(nameOf("c.jpg") == "c.PNG");
    CHECK(nameOf("d.jpg") == "d.webp");
    CHECK(nameOf("e.jpg") == "e.Gif");
    CHECK(nameOf("f.jpg") == "f.bmp");
    CHECK(nameOf("g.jpg") == "g.TIFF");
    CHECK(nameOf("sub/h.jpg") == "h.png");
    CHECK(folder.find("sub/h.jpg").exists);
    f.put("i.jpg");
    CHECK(nameOf("i.png") == "i.jpg");
}

TEST_CASE("PictureFolder.AnIdWithAnExtensionOfItsOwnIsFound") {
    const Fixture f;
    f.put("e16.gif");
    f.put("n.PNG");
    CHECK(fs::path(f.folder().find("e16.gif.jpg").path).filename() == "e16.gif");
    CHECK(fs::path(f.folder().find("n.png.jpg").path).filename() == "n.PNG");
}

TEST_CASE("PictureFolder.TheUsualExtensionIsFirst") {
    const Fixture f;
    for (const char* name : {"a.gif", "a.png", "a.JPEG"}) f.put(name);
    CHECK(fs::path(f.folder().find("a.jpg").path).filename() == "a.JPEG");
    f.put("a.jpg");
    CHECK(fs::path(f.folder().find("a.jpg").path).filename() == "a.jpg");
}

TEST_CASE("PictureFolder.WhatComesLaterIsSeen") {
    const Fixture f;
    PictureFolder folder = f.folder();
    CHECK_FALSE(folder.find("a.jpg").exists);
    f.put("a.png");
    fs::last_write_time(f.images, fs::last_write_time(f.images) + std::chrono::seconds(1));  // coarse clocks
    CHECK(folder.find("a.jpg").exists);
}

TEST_CASE("PictureFolder.AMissingPictureKeepsItsPath") {
    const Fixture f;
    const PostImage gone = f.folder().find("gone.jpg");
    CHECK_FALSE(gone.exists);
    CHECK_FALSE(gone.outside);
    CHECK(gone.path == (f.images / "gone.jpg").string());
    CHECK(PictureFolder({}).find("a.jpg").path.empty());
}

TEST_CASE("PictureFolder.ANameThatLeadsOutIsRefusedWithoutAPath") {
    const Fixture f;
    for (const char* name : {"../secret.jpg", "/etc/passwd", "a/../../secret.jpg", ".."}) {
        INFO(name);
        const PostImage found = f.folder().find(name);
        CHECK(found.outside);
        CHECK_FALSE(found.exists);
        CHECK(found.path.empty());
    }
}

TEST_CASE("PictureFolder.ALinkMayLeadWithinTheFolderAndNowhereElse") {
    const Fixture f;
    f.put("1.jpg");
    fs::create_symlink("1.jpg", f.images / "2.jpg");
    fs::create_symlink(f.place / "secret.jpg", f.images / "3.jpg");
    fs::create_directory(f.place / "other");
    writeFileAtomic(f.place / "other" / "4.jpg", "secret");
    fs::create_symlink(f.place / "other", f.images / "sub");
    fs::create_symlink("5.jpg", f.images / "5.jpg");
    fs::create_symlink(f.place / "secret.jpg", f.images / "6.png");
    PictureFolder folder = f.folder();
    CHECK(folder.find("2.jpg").exists);
    for (const char* name : {"3.jpg", "sub/4.jpg", "6.jpg"}) {
        INFO(name);
        CHECK(folder.find(name).outside);
        CHECK(folder.find(name).path.empty());
    }
    CHECK_FALSE(folder.find("5.jpg").exists);  // in a circle
}

TEST_CASE("PictureFolder.TheFolderItselfMayBeALink") {
    const Fixture f;
    f.put("1.jpg");
    fs::create_symlink("1.jpg", f.images / "2.jpg");
    fs::create_directory_symlink(f.images, f.place / "link");
    PictureFolder folder(f.place / "link");
    CHECK(folder.find("1.jpg").exists);
    CHECK(folder.find("2.jpg").exists);
}

TEST_CASE("PictureFolder.WhatIsThereButNoPlainFileIsNotMissing") {
    const Fixture f;
    REQUIRE(::mkfifo((f.images / "p.jpg").c_str(), 0600) == 0);
    fs::create_directory(f.images / "d.jpg");
    CHECK(f.folder().find("p.jpg").exists);
    CHECK(f.folder().find("d.jpg").exists);
}
