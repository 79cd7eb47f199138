// SPDX-License-Identifier: Apache-2.0
import FaceDevice
import Testing

@Suite struct RecordWordsTests {
    @Test(arguments: [
        (RecordKind.captures, "face_attr.st_respirator", "st_respirator_nose", "worn incorrectly"),
        (.bodies, "body_attr.st_respirator", "st_respirator", "present"),
        (.captures, "face_attr.cap_style", "cap", "hat"), (.bodies, "body_attr.cap_style", "cap", "peaked cap"),
        (.profile, "face_attr.mustache_style", "mustache_style_none", "none"),
        (.profile, "face_attr.glasses_style", "sunglasses", "sunglasses"),
        (.bodies, "body_attr.st_status_stype", "st_call", "calls"),
        (.bodies, "body_attr.umbrella_color", "transparent", "transparent"),
        (.captures, "face_attr.st_age_value", "25.6", "26"), (.alarms, "person_gender", "0", "female"),
        (.bodyAlarms, "alarm_type", "390", "no helmet"), (.bodyAlarms, "alarm_type", "0", "no alarm"),
        (.bodyAlarms, "alarm_type", "390, 371,641", "no helmet, 371, fire smoke"),
        (.wandering, "alarm_type", "3", "hit in the stranger library"), (.wandering, "event_type", "1", "wandering"),
    ])
    func codesAreSpelledOut(kind: RecordKind, name: String, text: String, words: String) {
        #expect(RecordWords.words(for: name, text, in: kind) == words)
    }

    @Test(arguments: [
        ("face_attr.cap_style", ""), ("face_attr.cap_style", "bonnet"), ("face_attr.new", "st_old"),
        ("body_attr.bag_style", "x"), ("alarm_type", "371,372"), ("cap_style", "cap"), ("camera_name", "male"),
        ("face_attr.st_age_value", "old"), ("face_attr.st_age_value", "nan"), ("face_attr.st_age_value", "1e300"),
    ])
    func whatIsNotDocumentedHasNoWords(name: String, text: String) {
        #expect(RecordWords.words(for: name, text, in: .bodyAlarms) == nil)
    }

    @Test func attributesHaveTitles() {
        #expect(RecordWords.title(of: "face_attr.respirator_color", in: .captures) == "mask colour")
        #expect(RecordWords.title(of: "face_attr.st_age_value", in: .captures) == "age")
        #expect(RecordWords.title(of: "alarm_type", in: .bodyAlarms) == "alarm")
        #expect(RecordWords.title(of: "camera_name", in: .captures) == nil)
    }

    @Test func theKindsAreTheWordsOfTheCommandLine() {
        #expect(
            RecordKind.allCases.map(\.rawValue)
                == ["captures", "alarms", "bodies", "body-alarms", "strangers", "wandering", "profile"]
        )
    }
}
