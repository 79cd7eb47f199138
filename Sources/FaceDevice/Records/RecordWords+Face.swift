// SPDX-License-Identifier: Apache-2.0

extension RecordWords {
    private static let glasses = Attribute(
        "glasses",
        ["glasses_style_type_none": "none", "transparent_glasses": "transparent", "sunglasses": "sunglasses"]
    )

    /// Attributes of a face (appendix B); examples spell some of them in another way (interface A3).
    static let face: [String: Attribute] = [
        "st_age": Attribute("age group", ["st_old": "old", "st_adult": "adult", "st_child": "child"]),
        "mustache_style": Attribute(
            "beard",
            ["mustache_style_type_none": "none", "mustache_style_none": "none", "whiskers": "beard"]
        ),
        "st_respirator": Attribute(
            "mask",
            [
                "st_respirator_full": "worn correctly", "st_respirator_nose": "worn incorrectly",
                "st_respirator_mouth": "not worn",
            ]
        ),
        "respirator_color": Attribute(
            "mask colour",
            ["color_type_none": "no mask", "color_type_other": "another colour"]
        ),
        "glass_style": glasses,
        "glasses_style": glasses,
        "gender_code": Attribute("gender", ["female": "female", "male": "male"]),
        "st_expression": Attribute(
            "expression",
            [
                "st_angry": "angry", "st_happy": "happy", "st_sorrow": "sorrow", "st_calm": "calm",
                "st_surprised": "surprised", "st_scared": "scared", "st_disgust": "disgust", "st_yawn": "yawn",
            ]
        ),
        "cap_style": Attribute("hat", ["hat_style_type_none": "none", "cap": "hat"]),
        "st_age_value": Attribute("age"),
    ]
}
