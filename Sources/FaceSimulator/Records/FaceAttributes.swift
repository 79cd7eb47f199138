// SPDX-License-Identifier: Apache-2.0

/// The attributes of a face with the names and values of appendix B.
enum FaceAttributes {
    static let names = [
        "st_age", "mustache_style", "st_respirator", "respirator_color", "glass_style", "gender_code", "st_expression",
        "cap_style", "st_age_value",
    ]

    static func draw(_ dice: inout Dice) -> [(String, String)] {
        let age = 4 + dice.roll(80)
        let mask = dice.pick(["st_respirator_full", "st_respirator_nose", "st_respirator_mouth", "st_respirator_mouth"])
        return [
            ("st_age", age < 18 ? "st_child" : age < 60 ? "st_adult" : "st_old"),
            ("mustache_style", dice.pick(["mustache_style_type_none", "mustache_style_type_none", "whiskers"])),
            ("st_respirator", mask),
            ("respirator_color", mask == "st_respirator_mouth" ? "color_type_none" : "color_type_other"),
            ("glass_style", dice.pick(["glasses_style_type_none", "transparent_glasses", "sunglasses"])),
            ("gender_code", dice.pick(["female", "male"])),
            (
                "st_expression",
                dice.pick([
                    "st_angry", "st_happy", "st_sorrow", "st_calm", "st_surprised", "st_scared", "st_disgust",
                    "st_yawn",
                ])
            ),
            ("cap_style", dice.pick(["hat_style_type_none", "hat_style_type_none", "cap"])),
            ("st_age_value", "\(age).000000"),
        ]
    }
}
