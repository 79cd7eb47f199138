// SPDX-License-Identifier: Apache-2.0

extension RecordWords {
    private static func present(_ title: String, _ code: String) -> Attribute { Attribute(title, [code: "present"]) }

    /// Codes that are words already.
    private static func plain(_ title: String, _ codes: String...) -> Attribute {
        Attribute(title, Dictionary(uniqueKeysWithValues: codes.map { ($0, $0) }))
    }

    private static func colour(of what: String) -> Attribute {
        plain("\(what) colour", "black", "white", "gray", "red", "yellow", "blue", "green", "purple", "transparent")
    }

    private static func pattern(of what: String) -> Attribute {
        Attribute(
            "\(what) pattern",
            [
                "st_pure": "plain", "st_stripe": "striped", "st_design": "patterned", "st_joint": "spliced",
                "st_lattic": "lattice",
            ]
        )
    }

    private static let activity = Attribute(
        "activity",
        [
            "st_normal": "walking normally", "st_hold_object_in_front": "holds something in front of the chest",
            "st_play_phone": "uses a phone", "st_call": "calls", "st_smoke": "smokes",
        ]
    )

    /// Attributes of a body (appendix C); examples spell some of them in another way (interface A3).
    static let body: [String: Attribute] = [
        "gender_code": plain("gender", "male", "female"),
        "st_age": Attribute("age group", ["st_old": "old", "st_adult": "adult", "st_child": "child"]),
        "coat_length": Attribute(
            "coat length",
            ["st_bareback": "bare back", "short_sleeve": "short sleeve", "long_sleeve": "long sleeve"]
        ),
        "pants_length_type": Attribute(
            "trousers",
            ["trousers": "trousers", "shorts": "shorts", "st_skirt": "skirt"]
        ),
        "st_pedestrian_angle": Attribute(
            "orientation",
            ["st_front": "front", "st_side": "side", "st_back": "back"]
        ),
        "st_coat_pattern": pattern(of: "coat"),
        "trousers_color": colour(of: "trousers"),
        "st_umbrella": present("umbrella", "st_umbrella"),
        "umbrella_color": colour(of: "umbrella"),
        "st_trousers_pattern": pattern(of: "trousers"),
        "st_hat": present("hat", "st_hat"),
        "cap_style": Attribute(
            "hat style",
            [
                "hat_style_type_none": "none", "bonnet": "beanie", "cap": "peaked cap",
                "bucket_hat": "fisherman's hat", "st_hard_hat": "helmet",
            ]
        ),
        "cap_color": colour(of: "hat"),
        "coat_style": Attribute(
            "coat style",
            [
                "long_coat": "long coat", "jacket": "jacket", "t_shirt": "T-shirt", "sweater": "sweater",
                "shirt": "shirt", "dress": "dress", "business_suit": "suit", "coat_style_type_other": "other",
            ]
        ),
        "coat_color": colour(of: "coat"),
        "hair_style": Attribute("hair", ["st_short": "short", "long": "long", "bald": "bald"]),
        "hair_color": colour(of: "hair"),
        "shoes_style": Attribute(
            "shoes",
            [
                "leather_shoes": "leather shoes", "boots": "boots", "walking_shoes": "casual shoes",
                "sandal": "sandals",
            ]
        ),
        "shoes_color": colour(of: "shoe"),
        "st_bag": present("bag", "st_bag"),
        "bag_type": Attribute(
            "bag type",
            [
                "hand_bag": "hand bag", "shoulder_bag": "shoulder bag", "backpack": "backpack", "trolley": "trolley",
                "bag_style_type_none": "none", "waist_pack": "waist pack",
            ]
        ),
        "bag_color": colour(of: "bag"),
        "st_respirator": present("mask", "st_respirator"),
        "respirator_color": colour(of: "mask"),
        "glasses_style_type": Attribute(
            "glasses",
            [
                "glasses_style_type_none": "none", "st_ordinary_glasses": "ordinary", "sunglasses": "sunglasses",
            ]
        ),
        "st_glove": present("glove", "st_glove"),
        "st_status_type": activity,
        "st_status_stype": activity,
        "st_uniform": Attribute(
            "uniform",
            [
                "st_common_clothing": "ordinary clothing", "st_office_uniform": "office",
                "st_worker_uniform": "worker", "st_chef_uniform": "chef", "st_medical_uniform": "medical",
                "st_police_uniform": "police", "st_firefighter_uniform": "firefighter",
                "st_reflective_clothing": "reflective vest",
            ]
        ),
    ]
}
