// SPDX-License-Identifier: Apache-2.0

/// A portrait as a listing shows it; a field is `nil` where the device masked it (design rule 3).
public struct ListedPortrait: Sendable, Hashable {
    /// The id.
    public var id: PortraitID
    /// The image's path below `/ws/`, `""` when the device keeps no image.
    public var imagePath: String
    /// When it was stored, as the device wrote it.
    public var createTime: String
    /// The name, `nil` when masked.
    public var name: String?
    /// The identity code, `nil` when masked.
    public var identity: String?
    /// The gender text as sent: `"0"`, `"1"` or `""`; `nil` when masked.
    public var gender: String?
    /// The age text as sent; `nil` when masked.
    public var age: String?
    /// The address, `nil` when masked.
    public var address: String?

    /// The version stamp: it changes whenever the image does (the device has no replace).
    public var stamp: String { "\(createTime)|\(imagePath)" }

    /// Collects a listed portrait.
    ///
    /// - Parameters:
    ///   - id: The id.
    ///   - imagePath: The image's path.
    ///   - createTime: When it was stored.
    ///   - name: The name.
    ///   - identity: The identity code.
    ///   - gender: The gender text.
    ///   - age: The age text.
    ///   - address: The address.
    public init(
        id: PortraitID,
        imagePath: String,
        createTime: String,
        name: String?,
        identity: String?,
        gender: String?,
        age: String?,
        address: String?
    ) {
        self.id = id
        self.imagePath = imagePath
        self.createTime = createTime
        self.name = name
        self.identity = identity
        self.gender = gender
        self.age = age
        self.address = address
    }
}
