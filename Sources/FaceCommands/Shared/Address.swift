// SPDX-License-Identifier: Apache-2.0

/// Where portraits come from or go to, as it is typed.
enum Address: Sendable, Hashable {
    /// A library of a device, or all of them (`nil`, typed `DEVICE:`).
    case device(name: String, library: String?)
    /// A folder, a `.csv` or a `.zip`.
    case path(String)
    /// A snapshot of a repository, typed `REPO@SNAPSHOT`; the one there is, or the newest, if `nil`.
    case snapshot(repository: String, name: String?)

    /// Whether a text could name a device: it has a colon, and no slash before it.
    static func mayNameDevice(_ text: String) -> Bool {
        guard let colon = text.firstIndex(of: ":") else { return false }
        return !text[..<colon].contains("/")
    }

    /// Reads an address.
    ///
    /// The first colon ends the device's name, so that a library's name may hold any character. A path
    /// with a colon in its first part is written `./a:b`.
    ///
    /// - Parameters:
    ///   - text: The address as it was typed.
    ///   - devices: The names of the devices that are configured.
    /// - Throws: ``CommandError`` with status 64.
    init(_ text: String, devices: [String]) throws(CommandError) {
        guard !text.isEmpty else { throw .usage("An address is empty; write DEVICE:LIBRARY or a path.") }
        guard Self.mayNameDevice(text), let colon = text.firstIndex(of: ":") else {
            self = .path(text)
            return
        }
        let name = String(text[..<colon])
        guard devices.contains(name) else {
            throw .usage(
                "There is no device \"\(name)\" in the configuration (\(Configuration.list(devices)));"
                    + " a path with a colon is written ./\(text)"
            )
        }
        let library = String(text[text.index(after: colon)...])
        self = .device(name: name, library: library.isEmpty ? nil : library)
    }

    /// The snapshot that a text names, `nil` where it names none.
    ///
    /// - Parameters:
    ///   - text: The address as it was typed.
    ///   - isRepository: Whether there is a repository at a path.
    /// - Returns: The snapshot.
    static func snapshot(_ text: String, _ isRepository: (String) -> Bool) -> Address? {
        if isRepository(text) { return .snapshot(repository: text, name: nil) }
        // A folder's name may hold the sign, and that of a library too: the first repository counts.
        for place in text.indices where text[place] == "@" && isRepository(String(text[..<place])) {
            return .snapshot(repository: String(text[..<place]), name: String(text[text.index(after: place)...]))
        }
        return nil
    }
}
