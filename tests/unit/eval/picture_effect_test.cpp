#include "core/eval/picture_effect.h"

#include <catch2/catch.hpp>

#include "tests/unit/eval/golden.h"

using namespace mnerva;
using namespace mnerva::eval;
using mnerva::eval::test::requireClose;

TEST_CASE("PictureEffect.IsWhatChangesBetweenRightAndWrong") {
    CHECK(pictureEffect(true, false) == PictureEffect::Helped);
    CHECK(pictureEffect(false, true) == PictureEffect::Hurt);
    CHECK(pictureEffect(true, true) == PictureEffect::SameRight);
    CHECK(pictureEffect(false, false) == PictureEffect::SameWrong);
    for (const auto effect :
         {PictureEffect::Helped, PictureEffect::Hurt, PictureEffect::SameRight, PictureEffect::SameWrong})
        CHECK(pictureEffectFromName(pictureEffectName(effect)) == effect);
    CHECK_FALSE(pictureEffectFromName("same"));
}

TEST_CASE("PictureEffect.APostIsRightWithAllEntitiesAndNoOther") {
    const std::vector<Entity> gold{{"PER", 0, 1, {}}, {"LOC", 3, 3, {}}}, turned{gold[1], gold[0]}, one{gold[0]};
    CHECK(areSameEntities(gold, turned));
    CHECK_FALSE(areSameEntities(gold, one));
    CHECK_FALSE(areSameEntities(one, gold));
    CHECK(areSameEntities({}, {}));
}

TEST_CASE("PictureEffect.YIsTheLogOfAnEntitysTags") {
    const std::vector<std::string> classes{"O", "B-PER", "I-PER"};
    const std::vector<float> p{.5f, .25f, .25f, .2f, .2f, .6f};
    requireClose("y", logOfTags({"PER", 0, 1, {}}, classes, p), std::log(.25) + std::log(.6), 1e-6);
    requireClose("unknown", logOfTags({"LOC", 0, 0, {}}, classes, p), std::log(1e-12));
}
