// SPDX-License-Identifier: Apache-2.0
internal import FaceModel

/// Where a device's password comes from; it is read only when the device is used.
enum PasswordSource: Sendable, Hashable {
    /// A file that holds nothing else, by its full path.
    case file(String)
    /// An environment variable.
    case variable(String)
    /// A line of shell that prints it.
    case command(String)

    /// Reads the password.
    ///
    /// - Parameters:
    ///   - device: The device's name, for messages.
    ///   - environment: Looks up an environment variable.
    ///   - warn: Told when other users can read the password too, and what is odd about it.
    /// - Returns: The password.
    /// - Throws: ``CommandError`` with a sentence that says what to do.
    func read(
        for device: String,
        environment: (String) -> String?,
        warn: (String) -> Void
    ) throws(CommandError) -> Secret {
        switch self {
        case .file(let path):
            return try SecretFile.read(
                path,
                as: "password",
                isTyped: false,
                missing: "write the password of \(device) into it",
                warn: warn
            )
        case .variable(let name):
            guard let text = environment(name), !text.isEmpty else {
                throw .failed("The password of \(device) is expected in the environment variable \(name): set it.")
            }
            return try Self.secret(Array(text.utf8), "The environment variable \(name) of \(device)", warn)
        case .command(let command):
            let line: [UInt8]
            do throws(ShellCommand.Problem) {
                line = try ShellCommand.firstLine(of: command)
                guard !line.isEmpty else { throw ShellCommand.Problem(text: "it printed nothing") }
            } catch {
                throw .failed("The password_command of \(device) gave no password: \(error.text); try it in a shell.")
            }
            return try Self.secret(line, "The first line that the password_command of \(device) printed", warn)
        }
    }

    private static func secret(
        _ bytes: [UInt8],
        _ title: String,
        _ warn: (String) -> Void
    ) throws(CommandError) -> Secret {
        do {
            return try SecretText.read(bytes, as: "password") { warn("\(title) \($0).") }
        } catch {
            throw .failed("\(title) \(error.text).")
        }
    }
}
