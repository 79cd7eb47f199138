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
