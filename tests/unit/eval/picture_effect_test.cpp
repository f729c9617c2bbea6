#include "core/eval/picture_effect.h"

#include <catch2/catch.hpp>

using namespace mnerva;
using namespace mnerva::eval;

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

TEST_CASE("PictureEffect.AGuessThatOthersPicturesSpoilIsHelpedAndNoneThatTheyMendIsHurt") {
    for (const bool without : {false, true}) CHECK(pictureEffect(true, without, false) == PictureEffect::Helped);
    CHECK(pictureEffect(true, false, true) == PictureEffect::Helped);
    CHECK(pictureEffect(true, true, true) == PictureEffect::SameRight);
    for (const bool others : {false, true}) {
        CHECK(pictureEffect(false, true, others) == PictureEffect::Hurt);
        CHECK(pictureEffect(false, false, others) == PictureEffect::SameWrong);
    }
}

TEST_CASE("PictureEffect.APostIsRightWithAllEntitiesAndNoOther") {
    const std::vector<Entity> gold{{"PER", 0, 1, {}}, {"LOC", 3, 3, {}}}, turned{gold[1], gold[0]}, one{gold[0]};
    CHECK(areSameEntities(gold, turned));
    CHECK_FALSE(areSameEntities(gold, one));
    CHECK_FALSE(areSameEntities(one, gold));
    CHECK(areSameEntities({}, {}));
}
