// SPDX-License-Identifier: Apache-2.0
package import FaceModel

extension ListingEntry {
    /// An entry of which only the id counts.
    package init(only id: PortraitID) {
        self.init(
            imgID: id,
            stamp: "",
            imagePath: "",
            name: nil,
            identity: nil,
            gender: nil,
            age: nil,
            address: nil
        )
    }

    /// What a listing keeps of a portrait.
    package init(_ portrait: ListedPortrait) {
        self.init(
            imgID: portrait.id,
            stamp: portrait.stamp,
            imagePath: portrait.imagePath,
            name: portrait.name,
            identity: portrait.identity,
            gender: portrait.gender,
            age: portrait.age,
            address: portrait.address
        )
    }
}

extension ListedPortrait {
    /// The portrait as its listing kept it.
    package init(_ id: PortraitID, _ entry: ListingEntry) {
        self.init(
            id: id,
            imagePath: entry.imagePath,
            createTime: String(entry.stamp.prefix { $0 != "|" }),
            name: entry.name,
            identity: entry.identity,
            gender: entry.gender,
            age: entry.age,
            address: entry.address
        )
    }

    /// The path in a version stamp, which holds the time of storing before it.
    package static func imagePath(ofStamp stamp: String) -> String {
        guard let bar = stamp.firstIndex(of: "|") else { return "" }
        return String(stamp[stamp.index(after: bar)...])
    }

    /// A portrait as it is listed, with what was read of the fields that are masked there.
    ///
    /// - Parameters:
    ///   - entry: What the listing shows.
    ///   - attributes: What was read in clear.
    ///   - isWhole: Whether an empty value was read as one; else it stands for what nobody is shown.
    package init(_ entry: ListingEntry, behindMasks attributes: PersonAttributes, isWhole: Bool = true) {
        let texts = AttributeChange(attributes)
        func read(_ text: String?) -> String? { isWhole || text?.isEmpty == false ? text : nil }
        self.init(entry.imgID, entry)
        name = name ?? read(texts.name)
        identity = identity ?? read(texts.identity)
        gender = gender ?? read(texts.gender)
        age = age ?? read(texts.age)
        address = address ?? read(texts.address)
    }
}
