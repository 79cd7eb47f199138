// SPDX-License-Identifier: Apache-2.0

/// A person by the key of their portrait in one library.
struct PersonKey: Sendable, Hashable, Codable {
    var device: String
    var library: String
    var imgID: String
}
