// SPDX-License-Identifier: Apache-2.0
internal import FaceDevice
internal import FaceModel

/// Reads one `[devices.NAME]` table, key by key.
struct DeviceTable {
    let name: String
    let value: ConfigurationValue
    let path: String
    let outline: ConfigurationOutline

    private static let known: Set<String> = [
        "url", "user", "password_file", "password_env", "password_command", "pin", "ca_file", "upload", "batch_size",
        "batch_bytes", "connections", "max_side", "max_image_bytes", "retry_for", "identity",
    ]

    /// Reads the table.
    func configuration() throws(CommandError) -> DeviceConfiguration {
        let values = try checkedValues()
        let url = try url(values)
        guard let user = try text("user", values), !user.isEmpty else {
            throw problem("user", "is missing: write the user facelib logs in as, user = \"…\"")
        }
        let upload = try upload(values)
        let batchBytes = try number("batch_bytes", values, in: 65_536...1_073_741_824, else: 8_388_608)
        let maxImageBytes = try number("max_image_bytes", values, in: 10_000...52_428_800, else: 524_288)
        guard batchBytes >= maxImageBytes else {
            throw problem(
                "batch_bytes",
                "must be at least max_image_bytes (\(maxImageBytes)): raise one or lower the other"
            )
        }
        return DeviceConfiguration(
            name: name,
            url: url,
            user: user,
            password: try password(values),
            trust: try trust(values, url: url),
            upload: upload,
            batchSize: try number("batch_size", values, in: 1...1000, else: 20),
            batchBytes: batchBytes,
            connections: try number("connections", values, in: 1...16, else: 2),
            maxSide: try number("max_side", values, in: 100...8192, else: 1280),
            maxImageBytes: maxImageBytes,
            identity: try identity(values),
            patience: try patience(values)
        )
    }

    private func checkedValues() throws(CommandError) -> [String: ConfigurationValue] {
        guard case .table(let values) = value else {
            throw problem(nil, "must be a table: begin it with [devices.\(name)]")
        }
        let isPlain = name.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "-_.".contains($0)) }
        guard isPlain, !name.isEmpty, name != "all" else {
            throw problem(nil, "needs another name: letters, digits, \"-\", \"_\" and \".\", and not \"all\"")
        }
        for key in values.keys.sorted() where !Self.known.contains(key) {
            if key == "password" {
                throw problem(key, "must not stand here: put it into a file of its own and write password_file = \"…\"")
            }
            let near = Nearest.names(to: key, among: Self.known).first.map { "; \($0) is" } ?? ""
            throw problem(key, "is not a setting of a device\(near): correct or remove the line")
        }
        return values
    }

    private func url(_ values: [String: ConfigurationValue]) throws(CommandError) -> DeviceURL {
        guard let text = try text("url", values) else {
            throw problem("url", "is missing: write where the device is, url = \"https://…\"")
        }
        guard let url = DeviceURL(text) else {
            throw problem(
                "url",
                "must be https:// or http://, a host and perhaps a port, such as \"https://10.5.2.81\""
            )
        }
        return url
    }

    private func password(_ values: [String: ConfigurationValue]) throws(CommandError) -> PasswordSource {
        var sources: [PasswordSource] = []
        if let file = try text("password_file", values) { sources.append(.file(full(file))) }
        if let variable = try text("password_env", values) { sources.append(.variable(variable)) }
        if let command = try text("password_command", values) { sources.append(.command(command)) }
        guard sources.count == 1 else {
            let given = sources.isEmpty ? "none of them is there" : "there is more than one"
            throw problem(nil, "needs one of password_file, password_env and password_command, and \(given)")
        }
        return sources[0]
    }

    private func trust(
        _ values: [String: ConfigurationValue],
        url: DeviceURL
    ) throws(CommandError) -> DeviceSettings.Trust {
        let pin = try text("pin", values)
        let file = try text("ca_file", values)
        if !url.isEncrypted, let key = pin != nil ? "pin" : file != nil ? "ca_file" : nil {
            throw problem(key, "has no use with an http URL: remove the line, or write https")
        }
        switch (pin, file) {
        case (nil, nil): return .system
        case (nil, let file?): return .authorities(file: full(file))
        case (let pin?, nil):
            guard Self.isPin(pin) else {
                throw problem(
                    "pin",
                    "must be sha256// and 44 characters of base64: facelib device trust \(name) writes it"
                )
            }
            return .pin(pin)
        case (_?, _?): throw problem("pin", "and ca_file exclude each other: remove one of the lines")
        }
    }

    private func identity(_ values: [String: ConfigurationValue]) throws(CommandError) -> String? {
        guard let text = try text("identity", values) else { return nil }
        let isPlain = text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "-_.".contains($0)) }
        guard isPlain, (1...64).contains(text.count) else {
            throw problem("identity", "must be 1 to 64 letters, digits, \"-\", \"_\" and \".\"")
        }
        return text
    }

    /// A time that somebody chose also counts before the device has answered for the first time.
    private func patience(_ values: [String: ConfigurationValue]) throws(CommandError) -> Patience {
        guard values["retry_for"] != nil else { return .standard }
        let time = Duration.seconds(try number("retry_for", values, in: 0...86_400, else: 60))
        return Patience(atFirst: time, later: time)
    }

    private func upload(_ values: [String: ConfigurationValue]) throws(CommandError) -> DeviceSettings.UploadMessage {
        guard let word = try text("upload", values) else { return .json }
        guard let upload = DeviceSettings.UploadMessage(rawValue: word) else {
            throw problem("upload", "must be \"json\" or \"form\", not \"\(word)\"")
        }
        return upload
    }

    private func text(_ key: String, _ values: [String: ConfigurationValue]) throws(CommandError) -> String? {
        switch values[key] {
        case nil: return nil
        case .text(let text): return text
        case let value?: throw problem(key, "must be a text in quotes, not \(value.kind)")
        }
    }

    private func number(
        _ key: String,
        _ values: [String: ConfigurationValue],
        in range: ClosedRange<Int>,
        else standard: Int
    ) throws(CommandError) -> Int {
        guard let value = values[key] else { return standard }
        let wanted = "must be a whole number from \(range.lowerBound) to \(range.upperBound)"
        guard case .number(let number) = value else { throw problem(key, "\(wanted), not \(value.kind)") }
        guard range.contains(number) else { throw problem(key, "\(wanted), not \(number)") }
        return number
    }

    private func problem(_ key: String?, _ text: String) -> CommandError {
        let table = ["devices", name]
        let line = key.flatMap { outline.line(of: table + [$0]) } ?? outline.line(of: table)
        let place = path + (line.map { ":\($0)" } ?? "")
        let subject = key.map { "\($0) of device \"\(name)\"" } ?? "device \"\(name)\""
        return .failed("\(place): \(subject) \(text).")
    }

    private func full(_ file: String) -> String {
        guard !file.hasPrefix("/"), let slash = path.lastIndex(of: "/") else { return file }
        return path[...slash] + file
    }

    private static func isPin(_ text: String) -> Bool {
        let prefix = "sha256//"
        let code = text.dropFirst(prefix.count)
        return text.hasPrefix(prefix) && code.count == 44 && code.hasSuffix("=")
            && code.dropLast().allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "+/".contains($0)) }
    }
}
