// SPDX-License-Identifier: Apache-2.0

/// The attributes to change (1033); `nil` keeps a field, `""` clears it.
public struct AttributeChange: Sendable, Hashable {
    /// The new name.
    public var name: String?
    /// The new identity code.
    public var identity: String?
    /// The new gender text: `"0"`, `"1"` or `""`.
    public var gender: String?
    /// The new age text.
    public var age: String?
    /// The new address.
    public var address: String?

    /// Starts a change of nothing.
    public init() {}

    /// Sets all five fields.
    ///
    /// - Parameter attributes: What the portrait shall say.
    public init(_ attributes: PersonAttributes) {
        name = attributes.name
        identity = attributes.identity
        gender = attributes.gender.map { String($0.rawValue) } ?? ""
        age = attributes.age.map { String($0) } ?? ""
        address = attributes.address
    }
}
