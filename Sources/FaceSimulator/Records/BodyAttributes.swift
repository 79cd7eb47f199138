// SPDX-License-Identifier: Apache-2.0

/// The attributes of a body with the names and values of appendix C.
///
/// What the appendix lists only as present (`st_hat`) is left out when it is not, with its colour.
enum BodyAttributes {
    static let names = table.map(\.name)

    static func draw(_ dice: inout Dice) -> [(String, String)] {
        var drawn: [(String, String)] = []
        var absent: Set<String> = []
        for attribute in table {
            // Rolled in any case, so that one attribute does not depend on another.
            let value = dice.pick(attribute.values)
            if attribute.values.count == 1, dice.roll(2) == 0 {
                absent.insert(attribute.name)
            } else if !absent.contains(attribute.needs) {
                drawn.append((attribute.name, value))
            }
        }
        return drawn
    }

    private static let colours = ["black", "white", "gray", "red", "yellow", "blue", "green", "purple"]
    private static let patterns = ["st_pure", "st_stripe", "st_design", "st_joint", "st_lattic"]

    /// Each attribute with its values; `needs` is the attribute that it is said of.
    private static let table: [(name: String, values: [String], needs: String)] = [
        ("gender_code", ["male", "female"], ""),
        ("st_age", ["st_old", "st_adult", "st_child"], ""),
        ("coat_length", ["st_bareback", "short_sleeve", "long_sleeve"], ""),
        ("pants_length_type", ["trousers", "shorts", "st_skirt"], ""),
        ("st_pedestrian_angle", ["st_front", "st_side", "st_back"], ""),
        ("st_coat_pattern", patterns, ""),
        ("trousers_color", colours, ""),
        ("st_umbrella", ["st_umbrella"], ""),
        ("umbrella_color", colours + ["transparent"], "st_umbrella"),
        ("st_trousers_pattern", patterns, ""),
        ("st_hat", ["st_hat"], ""),
        ("cap_style", ["hat_style_type_none", "bonnet", "cap", "bucket_hat", "st_hard_hat"], ""),
        ("cap_color", colours, "st_hat"),
        (
            "coat_style",
            [
                "long_coat", "jacket", "t_shirt", "sweater", "shirt", "dress", "business_suit",
                "coat_style_type_other",
            ], ""
        ),
        ("coat_color", colours, ""),
        ("hair_style", ["st_short", "long", "bald"], ""),
        ("hair_color", ["black", "white", "yellow"], ""),
        ("shoes_style", ["leather_shoes", "boots", "walking_shoes", "sandal"], ""),
        ("shoes_color", colours, ""),
        ("st_bag", ["st_bag"], ""),
        (
            "bag_type", ["hand_bag", "shoulder_bag", "backpack", "trolley", "bag_style_type_none", "waist_pack"],
            "st_bag"
        ),
        ("bag_color", colours, "st_bag"),
        ("st_respirator", ["st_respirator"], ""),
        ("respirator_color", ["black", "white", "gray", "blue"], "st_respirator"),
        ("glasses_style_type", ["glasses_style_type_none", "st_ordinary_glasses", "sunglasses"], ""),
        ("st_glove", ["st_glove"], ""),
        ("st_status_type", ["st_normal", "st_hold_object_in_front", "st_play_phone", "st_call", "st_smoke"], ""),
        (
            "st_uniform",
            [
                "st_common_clothing", "st_office_uniform", "st_worker_uniform", "st_chef_uniform",
                "st_medical_uniform", "st_police_uniform", "st_firefighter_uniform", "st_reflective_clothing",
            ], ""
        ),
    ]
}
