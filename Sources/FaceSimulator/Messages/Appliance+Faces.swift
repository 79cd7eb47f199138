// SPDX-License-Identifier: Apache-2.0
import FaceModel

/// Messages 769, 779 and 782: face detection without enrolment (5.1 to 5.3).
extension Appliance {
    func detectFace(_ call: Call, form: Bool) async throws -> Reply {
        let picture = try picture(of: call, form: form)
        let verdict = try judge.portrait(try bytes(of: picture), name: picture.name)
        return .success(.object(Self.members(verdict, face: 0)))
    }

    func detectFaces(_ call: Call) async throws -> Reply {
        let picture = try picture(of: call, form: true)
        let bytes = try bytes(of: picture)
        let verdict = try judge.picture(bytes, name: picture.name)
        guard verdict.markers.faces > 0 else { throw DeviceFault(.noFace) }
        let path = "tmp/\(UUIDText.new()).jpg"
        // No face is really cut out: the file that stands for the crops is the picture itself.
        try store.folder.write(bytes, to: store.folder.file(path))
        return .success(
            .list(
                (0..<min(verdict.markers.faces, 64)).map { face in
                    .object(Self.members(verdict, face: face) + [("img_path", .text(quirks.shownPath(path)))])
                }
            )
        )
    }

    private static func members(_ verdict: ImageJudge.Verdict, face: Int) -> [(String, ReplyValue)] {
        let width = max(verdict.size.width, 4)
        let height = max(verdict.size.height, 4)
        let shift = face * 4
        let box = [width / 4 + shift, height / 4, width * 3 / 4 + shift, height * 3 / 4]
        return [
            ("attribute", .object(attributes.map { ($0, .text($1)) })),
            ("quality", .integer(verdict.markers.quality)),
            ("coordinate", .text(box.map { String($0) }.joined(separator: ","))),
        ]
    }

    private static let attributes = [
        ("cap_style", "hat_style_type_none"), ("gender_code", "male"), ("glass_style", "glasses_style_type_none"),
        ("mustache_style", "mustache_style_type_none"), ("st_respirator", "st_respirator_mouth"),
        ("respirator_color", "color_type_none"), ("st_age", "st_adult"), ("st_age_value", "24.000000"),
        ("st_expression", "st_calm"),
    ]
}
