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
    ///   - warn: Told when other users can read the password too.
    /// - Returns: The password.
    /// - Throws: ``CommandError`` with a sentence that says what to do.
    func read(
        for device: String,
        environment: (String) -> String?,
        warn: (String) -> Void
    ) throws(CommandError) -> Secret {
        switch self {
        case .file(let path): return try read(path, for: device, warn)
        case .variable(let name):
            guard let text = environment(name), !text.isEmpty else {
                throw .failed("The password of \(device) is expected in the environment variable \(name): set it.")
            }
            return Secret(text)
        case .command(let command):
            do throws(ShellCommand.Problem) {
                let line = try ShellCommand.firstLine(of: command)
                guard !line.isEmpty else { throw ShellCommand.Problem(text: "it printed nothing") }
                return Secret(line)
            } catch {
                throw .failed("The password_command of \(device) gave no password: \(error.text); try it in a shell.")
            }
        }
    }

    private func read(_ path: String, for device: String, _ warn: (String) -> Void) throws(CommandError) -> Secret {
        let contents: TextFile.Contents
        do {
            contents = try TextFile.read(path)
        } catch {
            let remedy = error.isMissing ? "write the password of \(device) into it" : "correct it or name another"
            throw .failed("The password file \(path) cannot be read: \(error.fault ?? "\(error.text); \(remedy)").")
        }
        let lines = contents.text.split(whereSeparator: \.isNewline)
        guard lines.count == 1, let line = lines.first else {
            throw .failed("The password file \(path) must hold the password of \(device) on one line, nothing else.")
        }
        if contents.isOpenToOthers {
            warn("Other users of this machine can read the password file \(path); chmod 600 closes it.")
        }
        return Secret(String(line))
    }
}
