// SPDX-License-Identifier: Apache-2.0

/// The configuration file: which devices there are and how to reach them.
struct Configuration: Sendable {
    /// The file.
    let path: String
    /// The devices, by name.
    let devices: [DeviceConfiguration]

    /// Reads and checks a configuration; passwords are not read yet.
    ///
    /// - Parameters:
    ///   - path: The file.
    ///   - isTyped: Whether the command line names it.
    /// - Returns: The configuration.
    /// - Throws: ``CommandError`` with a sentence that names file, line and key, and says what to do.
    static func read(at path: String, isTyped: Bool = false) throws(CommandError) -> Self {
        let text: String
        do {
            text = try TextFile.read(path).text
        } catch {
            guard error.isMissing else {
                throw .failed(
                    "The configuration \(path) cannot be read: \(error.fault ?? "\(error.text); correct that or name another")."
                )
            }
            let message = "There is no configuration at \(path); write it with these four lines:\n\(sample)"
            throw isTyped ? .usage(message) : .failed(message)
        }
        return try Self(text, path: path)
    }

    /// Checks a configuration's text.
    ///
    /// - Parameters:
    ///   - text: The text.
    ///   - path: The file it stands in; other files are named relative to its folder.
    /// - Throws: ``CommandError`` as ``read(at:isTyped:)``.
    init(_ text: String, path: String) throws(CommandError) {
        let document = try ConfigurationValue.document(text, path: path)
        let outline = ConfigurationOutline(text)
        if let unknown = document.keys.sorted().first(where: { $0 != "devices" }) {
            let line = outline.line(of: [unknown]).map { ":\($0)" } ?? ""
            throw .failed("\(path)\(line): \"\(unknown)\" is not known here; a device's table begins [devices.NAME].")
        }
        guard case .table(let tables) = document["devices"] ?? .table([:]) else {
            throw .failed("\(path): \"devices\" must be tables that begin [devices.NAME].")
        }
        var devices: [DeviceConfiguration] = []
        for (name, value) in tables.sorted(by: { $0.key < $1.key }) {
            let table = DeviceTable(name: name, value: value, path: path, outline: outline)
            devices.append(try table.configuration())
        }
        self.path = path
        self.devices = devices
    }

    /// A device by its name.
    ///
    /// - Parameter name: The name; a colon at its end is ignored.
    /// - Returns: Its configuration.
    /// - Throws: ``CommandError`` with status 64 that lists the devices there are.
    func device(named name: String) throws(CommandError) -> DeviceConfiguration {
        let wanted = name.hasSuffix(":") ? String(name.dropLast()) : name
        guard let device = devices.first(where: { $0.name == wanted }) else {
            throw .usage("There is no device \"\(wanted)\" in \(path) (\(Self.list(devices.map(\.name)))).")
        }
        return device
    }

    /// The names of devices, for the end of a sentence.
    static func list(_ names: [String]) -> String {
        names.isEmpty ? "it has none" : "it has: \(names.joined(separator: ", "))"
    }

    private static let sample = """
        [devices.hq]
        url = "https://10.5.2.81"
        user = "admin"
        password_file = "hq.password"
        """
}
