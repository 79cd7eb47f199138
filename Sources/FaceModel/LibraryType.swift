// SPDX-License-Identifier: Apache-2.0

/// What a library is for (interface, enumeration `lib_type`).
public enum LibraryType: Int, Sendable, Hashable {
    /// People to look out for.
    case keyPersonnel = 1
    /// People who are allowed in.
    case whitelist = 2

    /// The word used on the command line and in reports.
    public var word: String {
        switch self {
        case .keyPersonnel: "key-personnel"
        case .whitelist: "whitelist"
        }
    }
}

extension LibraryType {
    /// The type that a word on the command line names.
    ///
    /// - Parameter word: `whitelist` or `key-personnel`.
    public init?(word: String) {
        switch word {
        case Self.keyPersonnel.word: self = .keyPersonnel
        case Self.whitelist.word: self = .whitelist
        default: return nil
        }
    }
}
