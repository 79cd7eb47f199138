// SPDX-License-Identifier: Apache-2.0
import FaceModel
import Testing

@Suite struct GravityTests {
    @Test func everyReasonHasOnePlaceInTheOrder() {
        #expect(Reason.gravestFirst.count == Reason.allCases.count)
        #expect(Set(Reason.gravestFirst) == Set(Reason.allCases))
    }

    @Test(arguments: [
        (Reason.imageRepeated, Reason.attributeComma), (.imageRepeated, .attributeLength),
        (.imageRepeated, .qualityDark), (.deviceContradicts, .attributeComma), (.qualityBlurred, .qualityDark),
        (.imgIDCharacters, .genderValue), (.genderValue, .qualityBlurred), (.sourceMissingPhoto, .genderValue),
        (.imageTruncated, .ageRange),
    ])
    func theGraverOfTwoReasonsComesFirst(graver: Reason, other: Reason) {
        #expect(Rejection.gravestFirst([], [Rejection(other), Rejection(graver)]).map(\.reason) == [graver, other])
        #expect(Rejection.gravestFirst([Rejection(other), Rejection(graver)]).map(\.reason) == [graver, other])
    }

    @Test func whatRefusesComesBeforeWhatIsOnlyNoticed() {
        let told = Rejection.gravestFirst(
            [Rejection(.attributeLength, "257 characters"), Rejection(.ageRange)],
            [Rejection(.imageRepeated), Rejection(.attributeComma)]
        )
        #expect(told.map(\.reason) == [.ageRange, .attributeLength, .imageRepeated, .attributeComma])
    }

    @Test func nothingIsToldTwiceAndNothingIsLeftOut() {
        let (name, address) = (Rejection(.attributeComma, "the name"), Rejection(.attributeComma, "the address"))
        #expect(Rejection.gravestFirst([], [name, address, name]) == [name, address])
        #expect(Rejection.gravestFirst([name], [name]) == [name])
        #expect(Rejection.gravestFirst([], []).isEmpty)
    }
}
